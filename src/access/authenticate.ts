import type { Request, RequestHandler, Response } from 'express';
import type { Principal } from './principal.ts';

/** Tells who sent a request; null: not by this means. */
export type Authenticator = (request: Request) => Promise<Principal | null>;

/**
 * Asks `authenticators` in their order who sends the request; the first that knows is believed. Lets
 * every request through: what needs a principal asks `principalOf`.
 */
export function authenticate(authenticators: readonly Authenticator[]): RequestHandler {
  return async (request, response, next) => {
    for (const authenticator of authenticators) {
      const principal = await authenticator(request);
      if (principal !== null) {
        response.locals['principal'] = principal;
        break;
      }
    }
    next();
  };
}

/** Who sent the request; null: somebody unknown. */
export const principalOf = (response: Response): Principal | null =>
  (response.locals['principal'] as Principal | undefined) ?? null;
