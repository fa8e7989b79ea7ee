import { AuthorizationResponseError } from 'openid-client';
import { Router, type RequestHandler, type Response } from 'express';
import { z } from 'zod';
import { callbackAddress } from '../access/access.ts';
import { createCookie } from '../access/cookies.ts';
import { flowSchema, type Oidc } from '../access/oidc.ts';
import { loginOf, whoIs } from '../access/people.ts';
import { returnAddress } from '../access/return-address.ts';
import { keyFor, seal, unseal } from '../access/sealed.ts';
import { AccountEntity } from '../db/entities/account.ts';
import { insertOnce } from '../db/once.ts';
import { log } from '../log.ts';
import { escapeHtml } from '../procedure/escape-html.ts';
import { addressOf, admit, recordRefusal, tooMany, type AccessDeps } from './admission.ts';
import { page } from './frame.ts';

/** Long enough to find the second factor. */
const FLOW_S = 600;

const kept = flowSchema.extend({ to: z.string(), until: z.number() });

/**
 * `GET /start` sends the browser to the provider, which sends it back to `GET /callback`. What was
 * asked is kept in a signed cookie of the browser, for one answer.
 */
export function providerRoutes(deps: AccessDeps, oidc: Oidc): Router {
  const { settings, secure } = deps.access;
  const key = keyFor(settings.secret, 'oidc');
  const cookie = createCookie('otklik-oidc', secure);
  const router = Router();
  router.get('/start', async (request, response) => {
    const begun = await oidc.begin().catch(unreachable(response));
    if (begun === null) return;
    const to = returnAddress(request.query['to']);
    const until = Date.now() + FLOW_S * 1000;
    cookie.write(response, seal(key, { ...begun.flow, to, until }), FLOW_S);
    response.redirect(303, begun.url.href);
  });
  router.get('/callback', callback);
  return router;

  async function callback(...[request, response]: Parameters<RequestHandler>): Promise<void> {
    const flow = kept.safeParse(unseal(key, cookie.read(request) ?? '')).data;
    cookie.clear(response);
    if (flow === undefined || flow.until < Date.now()) {
      refuse(response, 400, 'Вход длился слишком долго или начат в другом окне.');
      return;
    }
    const address = addressOf(request);
    const wait = await deps.access.tries.take(null, address);
    if (wait !== null) {
      response.set('retry-after', String(wait.seconds));
      refuse(response, 429, tooMany(wait));
      return;
    }
    const { search } = new URL(request.originalUrl, 'http://nowhere.invalid');
    const returnedTo = new URL(callbackAddress(settings.publicUrl) + search);
    let claimed: string | null;
    try {
      claimed = await oidc.finish(returnedTo, flow);
    } catch (error) {
      const { code, message } = error as { code?: unknown; message?: unknown };
      log.warn({ code, message }, 'sign-in at the provider failed');
      await recordRefusal(deps.db, null, address, 'ответ системы входа не принят');
      const cancelled = error instanceof AuthorizationResponseError;
      refuse(
        response,
        cancelled ? 403 : 400,
        cancelled ? 'Система входа вход не подтвердила.' : 'Ответ системы входа не принят.',
      );
      return;
    }
    await letIn(claimed, flow.to, address, request, response);
  }

  async function letIn(
    claimed: string | null,
    to: string,
    address: string,
    ...[request, response]: [Parameters<RequestHandler>[0], Response]
  ): Promise<void> {
    const tx = deps.db.manager;
    const login = claimed === null ? null : await loginOf(tx, claimed);
    const principal = login === null ? null : await whoIs(tx, login, 'session');
    if (principal === null) {
      await recordRefusal(deps.db, login, address, 'нет прав входа');
      response.status(403).send(page(response, 'Доступа нет', stranger(login)));
      return;
    }
    await insertOnce(tx, AccountEntity, { login: principal.login }, ['login']);
    await deps.access.tries.good(principal.login, address);
    await admit(deps, request, response, principal.login);
    response.redirect(303, to);
  }
}

const again = '<p><a href="/sign-in">Начать вход заново</a></p>';

function refuse(response: Response, status: number, why: string): void {
  const body = `<p class="refusal" role="alert">${why}</p>${again}`;
  response.status(status).send(page(response, 'Вход не выполнен', body));
}

const unreachable = (response: Response) => (error: unknown) => {
  log.error({ message: (error as Error).message }, 'the sign-in provider does not answer');
  refuse(response, 503, 'Система входа сейчас не отвечает. Попробуйте через несколько минут.');
  return null;
};

function stranger(login: string | null): string {
  const who =
    login === null
      ? 'Система входа не сообщила ваш логин.'
      : `Система входа подтвердила: вы — «${escapeHtml(login)}». Такого логина нет среди
         должностных лиц и администраторов «Отклика», или он заблокирован.`;
  return `<p class="refusal" role="alert">${who}</p>
    <p>Обратитесь к администратору «Отклика».</p>${again}`;
}
