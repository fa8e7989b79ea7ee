import { Router, type RequestHandler } from 'express';
import { z } from 'zod';
import { principalOf } from '../access/authenticate.ts';
import { fitsPassword } from '../access/password.ts';
import { whoIs } from '../access/people.ts';
import { returnAddress } from '../access/return-address.ts';
import { AccountEntity } from '../db/entities/account.ts';
import { addressOf, admit, recordRefusal, tooMany, type AccessDeps } from './admission.ts';
import { field, form } from './form.ts';
import { page, sessionIn } from './frame.ts';
import { providerRoutes } from './provider.ts';
import { passwordForm, providerLink } from './views/sign-in.ts';

const submitted = z.object({
  login: field.transform((login) => login.trim().toLowerCase().slice(0, 64)),
  password: field,
  to: field,
});

const REFUSED = 'Логин или пароль не подходят.';

/** Sign-in with a password, or at the provider where one is set. */
export function signInRoutes(deps: AccessDeps): Router {
  const router = Router();
  router.use((_request, response, next) => {
    response.set('cache-control', 'no-store');
    next();
  });
  router.get('/', show(deps));
  if (deps.access.oidc === null) router.post('/', form, deps.access.formTokens.check, signIn(deps));
  else router.use(providerRoutes(deps, deps.access.oidc));
  return router;
}

const show =
  ({ access }: AccessDeps): RequestHandler =>
  async (request, response) => {
    const to = returnAddress(request.query['to']);
    if (principalOf(response) !== null) {
      response.redirect(303, to);
      return;
    }
    if (sessionIn(response)?.mustChange) {
      response.redirect(303, `/password?to=${encodeURIComponent(to)}`);
      return;
    }
    const token = await access.formTokens.issue(request, response);
    const body = access.oidc
      ? providerLink(to)
      : passwordForm({ token, to, login: '', refusal: null });
    const notice =
      request.query['out'] === undefined
        ? ''
        : '<p class="notice" role="status">Вы вышли из системы.</p>';
    response.send(page(response, 'Вход', notice + body));
  };

const signIn =
  (deps: AccessDeps): RequestHandler =>
  async (request, response) => {
    const { db, access } = deps;
    const { login, password, to } = submitted.parse(request.body);
    const address = addressOf(request);
    const refuse = async (status: number, refusal: string) => {
      const token = await access.formTokens.issue(request, response);
      const body = passwordForm({ token, to: returnAddress(to), login, refusal });
      response.status(status).send(page(response, 'Вход', body));
    };

    const wait = await access.tries.take(login, address);
    if (wait !== null) {
      response.set('retry-after', String(wait.seconds));
      await refuse(429, tooMany(wait));
      return;
    }
    const account = await db.manager.findOneBy(AccountEntity, { login });
    const fits = await fitsPassword(password, account?.passwordHash ?? null);
    const principal = fits ? await whoIs(db.manager, login, 'session') : null;
    if (principal === null) {
      const known = account === null ? null : login;
      await recordRefusal(db, known, address, fits ? 'нет прав входа' : 'пароль не подходит');
      await refuse(401, REFUSED);
      return;
    }
    await access.tries.good(login, address);
    await admit(deps, request, response, principal.login);
    const next = returnAddress(to);
    response.redirect(303, account?.mustChange ? `/password?to=${encodeURIComponent(next)}` : next);
  };
