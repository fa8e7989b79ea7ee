import express, { Router, type Request, type RequestHandler, type Response } from 'express';
import { DateTime } from 'luxon';
import { recordAccess } from '../access/audit.ts';
import { principalOf } from '../access/authenticate.ts';
import type { Principal } from '../access/principal.ts';
import type { Database } from '../db/data-source.ts';
import { databaseNow } from '../db/now.ts';
import { InputError } from '../errors.ts';
import { page, signedIn } from '../http/frame.ts';
import { readCursor } from '../http/list-cursor.ts';
import { sendWorkbook } from '../http/send-workbook.ts';
import type { NetworkSetup } from '../networks/setup.ts';
import { ASSETS } from './assets.ts';
import { createCountedFigures } from './counted.ts';
import { exportList } from './export.ts';
import { boundsOf, readFilters, withoutPeriod, type Filters } from './filters.ts';
import { listPage } from './list-page.ts';
import { isOfNow, listing, listQuery, type Listing, type ListRow } from './lists.ts';
import type { LiveFeed } from './live.ts';
import { dashboardNames, type DashboardNames } from './names.ts';
import { narrowed, scopeOf, type Scope } from './scope.ts';
import { dashboardView } from './view.ts';
import { LIST_NAMES } from './words.ts';

export interface DashboardDeps {
  db: Database;
  tasklistUrl: string;
  publicUrl: string;
  live: LiveFeed;
  networkSetup: NetworkSetup;
}

const PAGE_ROWS = 50;

const SHELL = `<link rel="stylesheet" href="/assets/dashboard.css">`;
const SCRIPT = `${SHELL}<script type="module" src="/assets/dashboard.js"></script>`;

/** What a request asks for, in whose right. */
interface Asked {
  principal: Principal;
  scope: Scope;
  filters: Filters;
  names: DashboardNames;
}

/**
 * The managers' dashboard and the lists behind its figures: `/`, `/wall`, `/figures`, `/events`,
 * `/messages`, `/messages.xlsx`. Executors see their agencies, deputy governors those that they
 * supervise, administrators none.
 */
export function dashboardRoutes(deps: DashboardDeps): Router {
  const { db, live, tasklistUrl, networkSetup } = deps;
  const router = Router();
  const ask = asking(db);
  const countedFigures = createCountedFigures();
  router.use('/assets', express.static(ASSETS, { index: false, cacheControl: false, etag: true }));
  router.get(['/', '/wall'], signedIn, (request, response) => {
    const principal = principalOf(response);
    if (principal === null || scopeOf(principal) === null) {
      response.send(page(response, 'Обзор', nothingToSee(tasklistUrl)));
      return;
    }
    const wall = request.path === '/wall' || request.query['wall'] === '1';
    response.send(page(response, wall ? 'Экран' : 'Обзор', shell(wall), SCRIPT));
  });
  router.get('/figures', signedIn, async (request, response) => {
    const asked = await ask(request, response);
    if (asked === null) return;
    response.json(
      await dashboardView(db.manager, { ...asked, tasklistUrl, countedFigures, networkSetup }),
    );
  });
  router.get('/events', signedIn, async (request, response) => {
    const asked = await ask(request, response);
    if (asked === null) return;
    live.listen(response, asked.scope, withoutPeriod(asked.filters), asked.names.zone);
  });
  router.get('/messages', signedIn, async (request, response) => {
    const asked = await ask(request, response);
    if (asked === null) return;
    const listed = readListing(request.query);
    const after = readCursor(request.query['after'], INSTANT);
    const bounds = boundsOf(asked.filters, asked.names.zone);
    const { sql, values } = listQuery(
      listed,
      asked.scope,
      asked.filters,
      bounds,
      asked.names.zone,
      {
        after,
        limit: PAGE_ROWS + 1,
      },
    );
    const rows = await db.manager.query<ListRow[]>(sql, values);
    const last = rows.length > PAGE_ROWS ? rows[PAGE_ROWS - 1] : undefined;
    const body = listPage({
      listing: listed,
      filters: asked.filters,
      names: asked.names,
      rows: rows.slice(0, PAGE_ROWS),
      next: last === undefined ? null : `${last.cursor},${last.id}`,
      further: after !== null,
    });
    response.send(page(response, LIST_NAMES[listed.list], body, SHELL));
  });
  router.get('/messages.xlsx', signedIn, exported(deps));
  return router;
}

const exported =
  ({ db, publicUrl }: DashboardDeps): RequestHandler =>
  async (request, response) => {
    const asked = await asking(db)(request, response);
    if (asked === null) return;
    const { principal, scope, filters, names } = asked;
    const listed = readListing(request.query);
    const bounds = boundsOf(filters, names.zone);
    const query = listQuery(listed, scope, filters, bounds, names.zone, {
      after: null,
      limit: null,
    });
    await recordAccess(db.manager, {
      subject: principal.name,
      action: 'выгрузка списка сообщений',
      login: principal.login,
      details: { ...listed, ...filters },
    });
    const name = isOfNow(listed.list)
      ? listed.list
      : `${listed.list}-${filters.from}-${filters.to}`;
    const workbook = exportList(db, query, listed.list, names, publicUrl);
    await sendWorkbook(response, `otklik-${name}.xlsx`, workbook);
  };

/** Reads filters and right of a request; null: it has been refused. */
const asking =
  (db: Database) =>
  async (request: Request, response: Response): Promise<Asked | null> => {
    const principal = principalOf(response);
    const whole = principal && scopeOf(principal);
    if (!principal || !whole) {
      const hint = '<p>Сообщения вам не открыты.</p>';
      response.status(403).send(page(response, 'Нет доступа', hint));
      return null;
    }
    const names = await dashboardNames(db.manager, whole);
    const now = DateTime.fromJSDate(await databaseNow(db.manager), { zone: names.zone });
    const filters = readFilters(request.query, now);
    const scope = narrowed(whole, filters.agency);
    if (scope === null) {
      const hint = '<p>Этот орган не относится к вашему ведению.</p>';
      response.status(403).send(page(response, 'Нет доступа', hint));
      return null;
    }
    return { principal, scope, filters, names };
  };

function readListing(query: Request['query']): Listing {
  const { list, late } = query;
  const parsed = listing.safeParse({ list: list || undefined, late: late || undefined });
  if (!parsed.success) throw new InputError('Неверный список: откройте его с обзора.');
  return { list: parsed.data.list, late: parsed.data.late ? parsed.data.late === 'yes' : null };
}

/** What has no instant due stands at the end of time. */
const INSTANT = /^(-?infinity|\d{4,6}-[\d:.+\- ]{10,40})$/;

const shell = (wall: boolean): string =>
  `<div id="dashboard" class="wide" data-mode="${wall ? 'wall' : 'page'}" aria-live="off">
   <p class="muted" role="status">Загрузка показателей…</p></div>
   <noscript><p>Для показателей нужен JavaScript. Списки доступны и без него:
   <a href="/messages?list=overdue">просроченные</a>, <a href="/messages?list=work">в работе</a>.</p></noscript>`;

const nothingToSee = (tasklistUrl: string): string =>
  `<p>Система работы с сообщениями жителей в социальных сетях. Показатели и сообщения видят
   должностные лица, которым они поручены.</p>
   <p><a href="${tasklistUrl}/tasklist">Перейти к задачам (Tasklist)</a></p>`;
