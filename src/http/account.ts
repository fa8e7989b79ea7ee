import { Router, type RequestHandler, type Response } from 'express';
import { z } from 'zod';
import { choosePassword } from '../access/accounts.ts';
import { recordAccess } from '../access/audit.ts';
import { fitsPassword } from '../access/password.ts';
import { returnAddress } from '../access/return-address.ts';
import { AccountEntity } from '../db/entities/account.ts';
import { InputError } from '../errors.ts';
import { escapeHtml } from '../procedure/escape-html.ts';
import { addressOf, tooMany, type AccessDeps } from './admission.ts';
import { field, form } from './form.ts';
import { frameIn, page, sessionIn } from './frame.ts';
import { everywhereForm, newPasswordForm } from './views/sign-in.ts';
import { tokenField } from './views/token-field.ts';

const submitted = z.object({ current: field, password: field, repeated: field, to: field });

/** `/password`: a person's password and sessions; `/sign-out`. */
export function accountRoutes(deps: AccessDeps): Router {
  const { db, access } = deps;
  const router = Router();
  router.use(['/password', '/sign-out'], (request, response, next) => {
    response.set('cache-control', 'private, no-store');
    if (sessionIn(response) !== null) next();
    else response.redirect(303, request.method === 'GET' ? '/sign-in?to=/password' : '/sign-in');
  });
  router.get('/password', (request, response) => {
    response.send(passwordPage(deps, returnAddress(request.query['to']), response, null));
  });
  if (access.oidc === null) {
    router.post('/password', form, access.formTokens.check, changePassword(deps));
  }
  router.get('/sign-out', async (request, response) => {
    const token = await access.formTokens.issue(request, response);
    const body = `<form method="post" action="/sign-out">${tokenField(token)}
      <button class="primary">Выйти</button></form>`;
    response.send(page(response, 'Выйти из системы?', body));
  });
  router.post('/sign-out', form, access.formTokens.check, async (request, response) => {
    const login = sessionIn(response)?.login ?? null;
    await access.sessions.end(request, response);
    await recordAccess(db.manager, { subject: login ?? '', action: 'выход', login });
    await leave(deps, response);
  });
  router.post('/sign-out/everywhere', form, access.formTokens.check, async (request, response) => {
    const login = sessionIn(response)?.login ?? null;
    if (login !== null) await access.sessions.endAll(login);
    await access.sessions.end(request, response);
    const action = 'выход на всех устройствах';
    await recordAccess(db.manager, { subject: login ?? '', action, login });
    await leave(deps, response);
  });
  return router;
}

/** The provider keeps a session of its own: it is offered to end that as well. */
async function leave({ access }: AccessDeps, response: Response): Promise<void> {
  const back = `${access.settings.publicUrl}/sign-in?out`;
  const elsewhere = await access.oidc?.signOutUrl(back).catch(() => null);
  if (!elsewhere) {
    response.redirect(303, '/sign-in?out');
    return;
  }
  response.locals['frame'] = null;
  const body = `<p>Сеанс в единой системе входа ещё открыт: на чужом компьютере завершите и его.</p>
    <p><a class="primary" href="${escapeHtml(elsewhere)}">Выйти из единой системы входа</a></p>
    <p><a href="/sign-in">Войти снова</a></p>`;
  response.send(page(response, 'Вы вышли из «Отклика»', body));
}

function passwordPage(
  { access }: AccessDeps,
  to: string,
  response: Response,
  refusal: string | null,
): string {
  const { login = '', mustChange: forced = false } = sessionIn(response) ?? {};
  const { token } = frameIn(response) ?? { token: '' };
  const password = access.oidc
    ? '<p>Пароль меняется в единой системе входа вашей организации.</p>'
    : newPasswordForm({ token, login, to, forced, refusal });
  const sessions = forced ? '' : everywhereForm(token);
  return page(response, forced ? 'Новый пароль' : 'Пароль и сеансы', password + sessions);
}

/** A new password ends the sessions that the old one began, and gives this one a new token. */
const changePassword =
  (deps: AccessDeps): RequestHandler =>
  async (request, response) => {
    const { db, access } = deps;
    const { current, password, repeated, to } = submitted.parse(request.body);
    const login = sessionIn(response)?.login ?? '';
    const address = addressOf(request);
    const refuse = (status: number, refusal: string) => {
      response.status(status).send(passwordPage(deps, returnAddress(to), response, refusal));
    };

    const wait = await access.tries.take(login, address);
    if (wait !== null) {
      refuse(429, tooMany(wait));
      return;
    }
    const account = await db.manager.findOneBy(AccountEntity, { login });
    if (!(await fitsPassword(current, account?.passwordHash ?? null))) {
      refuse(400, 'Нынешний пароль указан неверно.');
      return;
    }
    await access.tries.good(login, address);
    if (password !== repeated) {
      refuse(400, 'Новый пароль повторён с ошибкой.');
      return;
    }
    if (password === current) {
      refuse(400, 'Новый пароль совпадает с прежним.');
      return;
    }
    try {
      await choosePassword(db, login, password);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      refuse(400, error.message);
      return;
    }
    await access.sessions.endAll(login);
    await access.sessions.start(request, response, login);
    response.redirect(303, returnAddress(to));
  };
