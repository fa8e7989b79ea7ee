import { randomBytes } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import { createCookie } from './cookies.ts';
import { isSigned, keyFor, sign } from './sealed.ts';
import type { Sessions } from './sessions.ts';

/** Tells the forms of our pages from those that another site sends in a person's name. */
export interface FormTokens {
  /** What a form carries in its field `token`: of the session, before sign-in of a cookie. */
  issue: (request: Request, response: Response) => Promise<string>;
  isOurs: (request: Request) => Promise<boolean>;
  /** Lets a form of ours through, after the body was parsed; passes `WrongForm` on otherwise. */
  check: RequestHandler;
}

/** A form without the token of this browser: old, or not ours. */
export class WrongForm extends Error {
  override readonly name = 'WrongForm';
}

export function createFormTokens(secret: string, sessions: Sessions, secure: boolean): FormTokens {
  const key = keyFor(secret, 'forms');
  const cookie = createCookie('otklik-form', secure);
  const holder = async (request: Request) =>
    (await sessions.of(request))?.token ?? cookie.read(request);
  const isOurs: FormTokens['isOurs'] = async (request) => {
    const held = await holder(request);
    const { token } = (request.body ?? {}) as { token?: unknown };
    return held !== null && typeof token === 'string' && isSigned(key, held, token);
  };
  return {
    issue: async (request, response) => {
      const held = await holder(request);
      if (held !== null) return sign(key, held);
      const value = randomBytes(24).toString('base64url');
      cookie.write(response, value);
      return sign(key, value);
    },
    isOurs,
    check: async (request, _response, next) => {
      next((await isOurs(request)) ? undefined : new WrongForm());
    },
  };
}
