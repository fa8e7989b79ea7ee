import { createHash, randomBytes } from 'node:crypto';
import { IsNull } from 'typeorm';
import { recordAudit } from '../db/audit.ts';
import type { Database, Tx } from '../db/data-source.ts';
import { ApiTokenEntity, type ApiToken } from '../db/entities/api-token.ts';
import { InputError } from '../errors.ts';
import { activeAgencies } from '../registry/queries.ts';
import type { Authenticator } from './authenticate.ts';
import { isScoped } from './rights.ts';

/** Told apart by its beginning, so that leaked ones can be searched for. */
const SECRET = /^Bearer +(otklik_[\w-]{43})$/i;
const DAY_MS = 24 * 60 * 60 * 1000;

export type NewToken = Pick<ApiToken, 'name' | 'role' | 'agencies'> & { days: number };

/**
 * Makes a token that holds for `days` from `now`; its secret is given here and never again.
 * @throws InputError for an agency that is not there, or a role and agencies that do not fit.
 */
export async function createToken(
  db: Database,
  { name, role, agencies, days }: NewToken,
  now: Date,
): Promise<{ token: ApiToken; secret: string }> {
  if (isScoped(role) !== (agencies !== null)) {
    throw new InputError(
      isScoped(role)
        ? `--role ${role}: укажите органы, сообщения которых видны: --agency КОД …`
        : `--agency: роль ${role} видит сообщения всех органов, перечислять их не нужно`,
    );
  }
  const secret = `otklik_${randomBytes(32).toString('base64url')}`;
  return db.transaction(async (tx) => {
    await assertAgencies(tx, agencies ?? []);
    const token = await tx.save(ApiTokenEntity, {
      name,
      role,
      agencies,
      secretHash: hash(secret),
      createdAt: now,
      expiresAt: new Date(now.getTime() + days * DAY_MS),
    });
    await audit(tx, token.id, 'created', now, `выпущен ключ доступа № ${token.id} «${name}»`);
    return { token, secret };
  });
}

/**
 * Ends a token at `now`; one that has been revoked stays so.
 * @throws InputError when there is no such token.
 */
export async function revokeToken(db: Database, id: number, now: Date): Promise<void> {
  await db.transaction(async (tx) => {
    if (!(await tx.existsBy(ApiTokenEntity, { id }))) {
      throw new InputError(`нет ключа доступа № ${id}; их список: token list`);
    }
    await tx.update(ApiTokenEntity, { id, revokedAt: IsNull() }, { revokedAt: now });
    await audit(tx, id, 'revoked', now, `отозван ключ доступа № ${id}`);
  });
}

/** Knows the holders of tokens in `Authorization: Bearer …`; expired and revoked ones are nobody's. */
export function byToken(db: Database): Authenticator {
  return async (request) => {
    const secret = SECRET.exec(request.get('authorization') ?? '')?.[1];
    if (secret === undefined) return null;
    const [token] = await db.query<Pick<ApiToken, 'id' | 'name' | 'role' | 'agencies'>[]>(
      `select id, name, role, agencies from api_token
       where secret_hash = $1 and revoked_at is null and expires_at > now()`,
      [hash(secret)],
    );
    if (token === undefined) return null;
    await touch(db, token.id);
    const { id, name, role, agencies } = token;
    return { login: `token-${id}`, name, role, agencies: agencies ?? 'all', via: 'token' };
  };
}

/** To the minute: a write for each request would be too much. */
const touch = (db: Database, id: number) =>
  db.query(
    `update api_token set last_used_at = now()
     where id = $1 and (last_used_at is null or last_used_at < now() - interval '1 minute')`,
    [id],
  );

const hash = (secret: string) => createHash('sha256').update(secret).digest('hex');

async function assertAgencies(tx: Tx, codes: readonly string[]): Promise<void> {
  const known = (await activeAgencies(tx)).map(({ code }) => code);
  const unknown = codes.filter((code) => !known.includes(code));
  if (unknown.length > 0) {
    throw new InputError(
      `--agency ${unknown.join(', ')}: нет такого органа; допустимо: ${known.sort().join(', ')}`,
    );
  }
}

const audit = (tx: Tx, id: number, what: string, at: Date, action: string) =>
  recordAudit(tx, {
    key: `api-token:${id}:${what}`,
    at,
    messageId: null,
    subject: 'администратор',
    action,
  });
