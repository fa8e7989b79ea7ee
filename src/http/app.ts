import { join } from 'node:path';
import express, { type ErrorRequestHandler, type Express, type Response } from 'express';
import helmet from 'helmet';
import { createAccess } from '../access/access.ts';
import { authenticate } from '../access/authenticate.ts';
import { WrongForm } from '../access/form-tokens.ts';
import { byToken } from '../access/token.ts';
import { apiRoutes } from '../api/api.ts';
import { isDatabaseAway } from '../db/away.ts';
import { isEngineAway } from '../engine/away.ts';
import { createLiveFeed } from '../dashboard/live.ts';
import { dashboardRoutes } from '../dashboard/routes.ts';
import { InputError } from '../errors.ts';
import { createHealth, type Health } from '../health.ts';
import { log } from '../log.ts';
import { measureRequests } from '../metrics/requests.ts';
import { metricsRoutes } from '../metrics/routes.ts';
import { escapeHtml } from '../procedure/escape-html.ts';
import { registerRoutes } from '../register/routes.ts';
import { accountRoutes } from './account.ts';
import { adminRoutes } from './admin/routes.ts';
import type { HttpDeps } from './deps.ts';
import { attachmentRoutes } from './attachments.ts';
import { frame, page } from './frame.ts';
import { healthRoutes } from './health.ts';
import { messageRoutes } from './messages.ts';
import { reportRoutes } from './reports.ts';
import { templateRoutes } from './templates.ts';
import { signInRoutes } from './sign-in.ts';
import { urgentRoutes } from './urgent.ts';

/** What the message's page draws. */
const DIAGRAM = new URL('../../bpmn/procedure.bpmn', import.meta.url).pathname;

/** The HTTP side of the application, ready to listen. */
export function createApp(deps: HttpDeps, health = healthOf(deps)): Express {
  const app = express();
  const access = createAccess(deps.db, deps.access);
  const authenticators = [access.sessions.authenticator, byToken(deps.db)];
  app.disable('x-powered-by');
  app.set('trust proxy', deps.trustProxy ?? []);
  app.use(measureRequests);
  app.use(
    helmet({
      contentSecurityPolicy: {
        directives: { 'img-src': ['*', 'data:'], 'upgrade-insecure-requests': null },
      },
      // Tasklist opens links in sandboxed tabs, in which browsers refuse pages with such a policy.
      crossOriginOpenerPolicy: false,
      referrerPolicy: { policy: 'no-referrer' },
    }),
  );
  app.use('/health', healthRoutes(health));
  app.use('/api', apiRoutes({ ...deps, authenticators }));
  if (deps.webhooks) app.use('/webhooks', deps.webhooks);
  app.use('/metrics', metricsRoutes({ ...deps, authenticators }));
  app.use((_request, response, next) => {
    if (deps.db.isInitialized) next();
    else unavailable(response);
  });
  app.use(authenticate([access.sessions.authenticator]), frame(access));
  app.use('/sign-in', signInRoutes({ db: deps.db, access }));
  app.use(accountRoutes({ db: deps.db, access }));
  app.use(
    dashboardRoutes({
      db: deps.db,
      tasklistUrl: deps.tasklistUrl,
      publicUrl: deps.access.publicUrl,
      live: deps.live ?? createLiveFeed(deps.db, deps.networkSetup),
      networkSetup: deps.networkSetup,
    }),
  );
  app.use('/messages', messageRoutes(deps, access.formTokens));
  app.use(
    registerRoutes(
      { db: deps.db, calendars: deps.calendars, publicUrl: deps.access.publicUrl },
      access.formTokens,
    ),
  );
  app.use('/attachments', attachmentRoutes({ ...deps, ...deps.attachments }));
  app.get('/assets/procedure.bpmn', (_request, response) => {
    response.type('application/xml').sendFile(DIAGRAM);
  });
  app.use('/assets', express.static(join(import.meta.dirname, 'public'), { index: false }));
  app.use('/reports', reportRoutes(deps));
  app.use('/templates', templateRoutes(deps, access.formTokens));
  app.use('/urgent', urgentRoutes(deps));
  app.use('/admin', adminRoutes(deps, access.formTokens));
  app.use((_request, response) => {
    response
      .status(404)
      .send(page(response, 'Страница не найдена', '<p>Проверьте адрес страницы.</p>'));
  });
  app.use(failed);
  return app;
}

/** The one place where an error becomes a response; people are told their own faults, never ours. */
const failed: ErrorRequestHandler = (error: unknown, request, response, next) => {
  if (response.headersSent) {
    next(error);
    return;
  }
  if (error instanceof InputError) {
    response.status(400).send(page(response, 'Не принято', `<p>${escapeHtml(error.message)}</p>`));
    return;
  }
  if (error instanceof WrongForm) {
    const hint = '<p>Откройте страницу заново и повторите.</p>';
    response.status(403).send(page(response, 'Форма устарела', hint));
    return;
  }
  if (isDatabaseAway(error) || isEngineAway(error)) {
    unavailable(response);
    return;
  }
  const status = statusOf(error);
  if (status >= 500) log.error({ err: error, path: request.path }, 'request failed');
  response
    .status(status)
    .send(
      status >= 500
        ? page(response, 'Ошибка', '<p>Не получилось. Попробуйте ещё раз через минуту.</p>')
        : page(response, 'Запрос не принят', '<p>Запрос составлен неверно.</p>'),
    );
};

/** Those who watch over the application know of it already. */
const unavailable = (response: Response): unknown =>
  response
    .status(503)
    .set('retry-after', '60')
    .send(
      page(
        response,
        'Временно недоступно',
        '<p>Система недоступна. Попробуйте ещё раз через минуту.</p>',
      ),
    );

/** Of an application that was started by whoever made `deps`. */
const healthOf = ({ db, engine }: HttpDeps): Health => ({
  ...createHealth({
    database: () => db.query('select 1'),
    engine: () => engine.topology(),
    mail: () => Promise.resolve(),
  }),
  started: true,
});

function statusOf(error: unknown): number {
  const status = (error as { status?: unknown } | null)?.status;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}
