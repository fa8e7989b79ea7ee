import { createHash, randomBytes } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Database } from '../db/data-source.ts';
import type { Authenticator } from './authenticate.ts';
import { createCookie } from './cookies.ts';
import { whoIs } from './people.ts';

/** Whoever does nothing for this long signs in again. */
export const IDLE = '2 hours';
/** Whatever is done, a day's work ends. */
export const LIFE = '12 hours';

/** Somebody who signed in. */
export interface Session {
  /** What the cookie holds; the database has only its digest. */
  token: string;
  login: string;
  /** May do nothing but choose a password. */
  mustChange: boolean;
}

export interface Sessions {
  /** Begins one with a token of its own, whatever cookie the browser came with, and ends that one. */
  start: (request: Request, response: Response, login: string) => Promise<void>;
  /** Whose session the request belongs to; null: none, expired, ended or locked. */
  of: (request: Request) => Promise<Session | null>;
  end: (request: Request, response: Response) => Promise<void>;
  /** Ends every session of a person, on all devices. */
  endAll: (login: string) => Promise<void>;
  authenticator: Authenticator;
}

/** Sessions in the database; `secure`: the pages are reached over https. */
export function createSessions(db: Database, secure: boolean): Sessions {
  const cookie = createCookie('otklik', secure);
  const known = new WeakMap<Request, Promise<Session | null>>();

  const of: Sessions['of'] = (request) => {
    const token = cookie.read(request);
    if (token === null) return Promise.resolve(null);
    const found = known.get(request) ?? find(db, token);
    known.set(request, found);
    return found;
  };
  const forget = async (request: Request) => {
    known.delete(request);
    const token = cookie.read(request);
    if (token !== null) await db.query('delete from session where id = $1', [digest(token)]);
  };
  return {
    start: async (request, response, login) => {
      await forget(request);
      const token = randomBytes(32).toString('base64url');
      await db.query('insert into session (id, login) values ($1, $2)', [digest(token), login]);
      cookie.write(response, token);
    },
    of,
    end: async (request, response) => {
      await forget(request);
      cookie.clear(response);
    },
    endAll: async (login) => {
      await db.query('delete from session where login = $1', [login]);
    },
    authenticator: async (request) => {
      const session = await of(request);
      if (session === null || session.mustChange) return null;
      return whoIs(db.manager, session.login, 'session');
    },
  };
}

async function find(db: Database, token: string): Promise<Session | null> {
  const id = digest(token);
  const [row] = await db.query<{ login: string; mustChange: boolean; stale: boolean }[]>(
    `select login, must_change as "mustChange", seen_at < now() - interval '1 minute' as stale
     from session join account using (login)
     where id = $1 and not locked
       and seen_at > now() - interval '${IDLE}' and session.created_at > now() - interval '${LIFE}'`,
    [id],
  );
  if (row === undefined) return null;
  if (row.stale) await db.query('update session set seen_at = now() where id = $1', [id]);
  return { token, login: row.login, mustChange: row.mustChange };
}

/** Whoever reads the table cannot take a session over. */
const digest = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Removes what no longer counts: sessions that are over, and tries to sign in of days ago. */
export async function clearSessions(db: Database): Promise<void> {
  await db.query(
    `delete from session
     where seen_at <= now() - interval '${IDLE}' or created_at <= now() - interval '${LIFE}'`,
  );
  await db.query(`delete from sign_in_tries where last_at < now() - interval '2 days'`);
}
