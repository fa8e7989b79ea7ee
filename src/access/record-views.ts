import type { Tx } from '../db/data-source.ts';
import { VIEW } from '../db/history.ts';
import type { Principal } from './principal.ts';

/**
 * Records that a principal saw what citizens wrote: one line a message and day (UTC), however often it
 * was seen. These lines are no part of a message's history.
 */
export async function recordViews(
  tx: Tx,
  { login, name, via }: Principal,
  messageIds: readonly string[],
  at: Date,
): Promise<void> {
  await tx.query(
    `insert into audit (key, at, message_id, subject, action, details)
     select $1 || id, $2, id, $3, $4, jsonb_build_object('login', $5::text, 'via', $6::text)
     from unnest($7::uuid[]) id
     on conflict do nothing`,
    [
      `${VIEW}${via}:${login}:${at.toISOString().slice(0, 10)}:`,
      at,
      name,
      'просмотрено через интерфейс обмена',
      login,
      via,
      messageIds,
    ],
  );
}
