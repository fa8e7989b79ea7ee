import { Router, type Request, type RequestHandler } from 'express';
import { DateTime } from 'luxon';
import { z } from 'zod';
import { principalOf } from '../access/authenticate.ts';
import { recordLook } from '../access/views.ts';
import { visibleAmong } from '../access/visible.ts';
import { boundsOf, readFilters, type Days } from '../dashboard/filters.ts';
import { SurgeEntity } from '../db/entities/surge.ts';
import { databaseNow } from '../db/now.ts';
import { regionSettings } from '../registry/queries.ts';
import { promptness, urgentReport, urgentReports } from '../urgent/list.ts';
import { soFar } from '../urgent/surge/so-far.ts';
import { addressOf } from './admission.ts';
import type { HttpDeps } from './deps.ts';
import { frameIn, page, signedInFor } from './frame.ts';
import { surgePage, urgentListPage } from './views/urgent.ts';

const PAGE_ROWS = 50;

/**
 * Reports to the Governor (clause 15): the list with how soon each was sent, and the page of a surge with
 * its chart and messages. For curators, the department head, deputy governors and the Governor; the page
 * of a surge also by a signed link.
 */
export function urgentRoutes(deps: HttpDeps): Router {
  const router = Router();
  router.get('/', readers, list(deps));
  router.get('/:id', allow(deps), show(deps));
  return router;
}

const readers = signedInFor('urgent:read', 'Срочные доклады доступны куратору и руководству.');

const allow =
  ({ links }: HttpDeps): RequestHandler<{ id: string }> =>
  (request, response, next) => {
    const { key } = request.query;
    response.set('cache-control', 'private, no-store');
    const byLink = links.opensUrgent(request.params.id, key);
    response.locals['byLink'] = byLink;
    if (byLink) next();
    else if (key !== undefined && principalOf(response) === null) {
      const hint = '<p>Откройте страницу по ссылке из задачи или письма.</p>';
      response.status(403).send(page(response, 'Нет доступа', hint));
    } else void readers(request as Request, response, next);
  };

const list =
  ({ db, zone }: HttpDeps): RequestHandler =>
  async (request, response) => {
    const { agencies } = principalOf(response)!;
    const before = z.coerce.date().safeParse(request.query['before']);
    const now = await databaseNow(db.manager);
    const days = daysOf(request.query, DateTime.fromJSDate(now, { zone: await zone() }));
    const rows = await urgentReports(db.manager, agencies, {
      period: days && boundsOf(days, await zone()),
      before: before.success ? before.data : null,
      limit: PAGE_ROWS + 1,
    });
    response.send(
      urgentListPage(
        {
          rows: rows.slice(0, PAGE_ROWS),
          more: rows.length > PAGE_ROWS,
          promptness: await promptness(db.manager),
          now,
          zone: await zone(),
          days,
        },
        frameIn(response),
      ),
    );
  };

/** The days that the address names, as the dashboard's do; null: it names none. */
const daysOf = (query: Request['query'], now: DateTime): Days | null =>
  query['from'] || query['to'] ? readFilters({ from: query['from'], to: query['to'] }, now) : null;

const show =
  ({ db }: HttpDeps): RequestHandler<{ id: string }> =>
  async (request, response) => {
    const { id } = request.params;
    const byLink = response.locals['byLink'] === true;
    const principal = byLink ? null : principalOf(response);
    const agencies = principal?.agencies ?? 'all';
    const report = z.uuid().safeParse(id).success
      ? await urgentReport(db.manager, agencies, id)
      : null;
    if (report === null) {
      response.status(404).send(page(response, 'Доклад не найден', ''));
      return;
    }
    if (report.surgeId === null) {
      response.redirect(303, `/messages/${report.messageId}`);
      return;
    }
    const settings = await regionSettings(db.manager);
    const surge = await db.manager.findOneByOrFail(SurgeEntity, { id: report.surgeId });
    const now = await databaseNow(db.manager);
    const { messages: all, chart } = await soFar(db.manager, surge, settings, now);
    const theirs = await visibleAmong(
      db.manager,
      { agencies },
      all.map((message) => message.id),
    );
    const messages = all.filter((message) => theirs.has(message.id));
    const look = {
      of: `urgent:${id}`,
      action: 'просмотр сообщений всплеска',
      details: { urgentReport: id, messages: messages.map((message) => message.id) },
    };
    await recordLook(db, look, principal ?? { address: addressOf(request as Request) });
    response.send(
      surgePage(
        {
          report,
          surge,
          settings,
          messages,
          hidden: all.length - messages.length,
          withHistory: principal !== null,
          chart: await chart(),
        },
        frameIn(response),
      ),
    );
  };
