import type { RequestHandler } from 'express';
import { authenticate, principalOf, type Authenticator } from '../access/authenticate.ts';
import type { Principal } from '../access/principal.ts';
import { may, type Action } from '../access/rights.ts';
import { limitFailures, limitRequests, type Limits } from './limits.ts';
import { Problem } from './problem.ts';

/** Lets nobody unknown through, and everybody at a measured pace. */
export function requirePrincipal(
  authenticators: readonly Authenticator[],
  limits: Limits,
): RequestHandler[] {
  const failures = limitFailures(limits);
  return [
    authenticate(authenticators),
    (request, response, next) => {
      if (principalOf(response) !== null) next();
      else if (request.get('authorization') === undefined) next(unknown('Ключ не указан.'));
      else failures(request, response, (error) => next(error ?? unknown('Ключ не действует.')));
    },
    limitRequests(limits),
  ];
}

/** @throws Problem unless the principal's role allows `action`. */
export function allowed(principal: Principal, action: Action): void {
  if (may(principal, action)) return;
  throw new Problem('forbidden', `Роли «${principal.role}» это действие не разрешено.`);
}

const unknown = (what: string) =>
  new Problem('unauthorized', `${what} Укажите заголовок Authorization: Bearer КЛЮЧ.`, {
    headers: { 'www-authenticate': 'Bearer realm="otklik"' },
  });
