import type { Request, Response } from 'express';
import type { Access } from '../access/access.ts';
import { recordAccess } from '../access/audit.ts';
import type { Wait } from '../access/tries.ts';
import type { Database } from '../db/data-source.ts';
import { spokenDuration } from '../procedure/local-time.ts';

export interface AccessDeps {
  db: Database;
  access: Access;
}

/** Begins the session of somebody who has proved who they are. */
export async function admit(
  { db, access }: AccessDeps,
  request: Request,
  response: Response,
  login: string,
): Promise<void> {
  await access.sessions.start(request, response, login);
  const details = { address: addressOf(request) };
  await recordAccess(db.manager, { subject: login, action: 'вход выполнен', login, details });
}

/** `login` is null for what is no account: it might be a password in the wrong field. */
export async function recordRefusal(
  db: Database,
  login: string | null,
  address: string,
  reason: string,
): Promise<void> {
  const entry = { subject: 'неизвестный', action: 'вход отклонён', login };
  await recordAccess(db.manager, { ...entry, details: { address, reason } });
}

/** Where a request comes from, by the word of trusted proxies. */
export const addressOf = (request: Request): string => request.ip ?? 'unknown';

export const tooMany = ({ seconds }: Wait): string =>
  `Слишком много неудачных попыток. Повторите через ${spokenDuration(Math.ceil(seconds / 60) * 60_000)}.`;
