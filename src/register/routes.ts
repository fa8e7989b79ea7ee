import { Router, type RequestHandler, type Response } from 'express';
import { z } from 'zod';
import { recordAccess } from '../access/audit.ts';
import type { FormTokens } from '../access/form-tokens.ts';
import type { Principal } from '../access/principal.ts';
import { may, mayRead } from '../access/rights.ts';
import type { Database } from '../db/data-source.ts';
import { ShortcomingEntity, type Shortcoming } from '../db/entities/shortcoming.ts';
import { loadHistory } from '../db/history.ts';
import { databaseNow } from '../db/now.ts';
import { withdrawShortcoming } from '../discipline/withdraw-shortcoming.ts';
import { form } from '../http/form.ts';
import { frameIn, page, signedInFor } from '../http/frame.ts';
import { readCursor } from '../http/list-cursor.ts';
import { sendWorkbook } from '../http/send-workbook.ts';
import { excerptLine } from '../procedure/excerpt-line.ts';
import type { Calendars } from '../registry/calendars.ts';
import { regionSettings } from '../registry/queries.ts';
import { DOCX } from '../report/files.ts';
import { cardPage, noticePage } from './card-page.ts';
import { readCard } from './card.ts';
import { exportRegister } from './export.ts';
import { readRegisterFilters } from './filters.ts';
import { registerPage } from './list-page.ts';
import { registerNames } from './names.ts';
import { noticeDocument } from './notice.ts';
import { registerQuery, type RegisterRow } from './query.ts';

export interface RegisterDeps {
  db: Database;
  calendars: Calendars;
  publicUrl: string;
}

const PAGE_ROWS = 50;
const LIST_STYLE = '<link rel="stylesheet" href="/assets/dashboard.css">';
const CARD_STYLE = '<link rel="stylesheet" href="/assets/message.css">';

type One = { id: string };
const readerIn = (response: Response): Principal => response.locals['principal'] as Principal;
const foundIn = (response: Response): Shortcoming => response.locals['shortcoming'] as Shortcoming;
const agenciesOf = ({ agencies }: Principal) => (agencies === 'all' ? null : agencies);

/**
 * The register of shortcomings (clauses 12, 13): `/shortcomings` and `.xlsx`, the page of each with its
 * evidence, its notice to print and as a document. Executors see those of their agencies, deputy governors
 * of those that they supervise; curators and the department head see all and withdraw.
 */
export function registerRoutes(deps: RegisterDeps, formTokens: FormTokens): Router {
  const router = Router();
  router.use(['/shortcomings', '/shortcomings.xlsx'], readers);
  router.get('/shortcomings', list(deps));
  router.get('/shortcomings.xlsx', exported(deps));
  router.use('/shortcomings/:id', find(deps));
  router.get('/shortcomings/:id', card(deps));
  router.get('/shortcomings/:id/notice', notice(deps));
  router.get('/shortcomings/:id/notice.docx', document(deps));
  router.post('/shortcomings/:id/withdraw', keepers, form, formTokens.check, withdraw(deps));
  return router;
}

const readers = signedInFor('shortcomings:read', 'Реестр недостатков вам не открыт.');
const keepers = signedInFor(
  'shortcomings:keep',
  'Снять недостаток может куратор или руководитель Департамента.',
);

const find =
  ({ db }: RegisterDeps): RequestHandler<One> =>
  async (request, response, next) => {
    const { id } = request.params;
    const found = z.uuid().safeParse(id).success
      ? await db.manager.findOneBy(ShortcomingEntity, { id })
      : null;
    if (found === null || !mayRead(readerIn(response), [found.agencyCode])) {
      response.status(404).send(page(response, 'Недостаток не найден', ''));
      return;
    }
    response.locals['shortcoming'] = found;
    next();
  };

const list =
  ({ db, calendars }: RegisterDeps): RequestHandler =>
  async (request, response) => {
    const { after: given, ...query } = request.query;
    const filters = readRegisterFilters(query);
    const after = readCursor(given);
    const agencies = agenciesOf(readerIn(response));
    const { zone } = await regionSettings(db.manager);
    const limit = PAGE_ROWS + 1;
    const { sql, values } = registerQuery(filters, agencies, zone, { after, limit });
    const rows = await db.manager.query<RegisterRow[]>(sql, values);
    const last = rows.length > PAGE_ROWS ? rows[PAGE_ROWS - 1] : undefined;
    const body = registerPage({
      filters,
      names: await registerNames(db.manager, agencies),
      zone,
      calendars,
      at: await databaseNow(db.manager),
      rows: rows.slice(0, PAGE_ROWS),
      next: last === undefined ? null : `${last.cursor},${last.id}`,
      further: after !== null,
    });
    response.send(page(response, 'Недостатки', body, LIST_STYLE));
  };

const exported =
  ({ db, calendars, publicUrl }: RegisterDeps): RequestHandler =>
  async (request, response) => {
    const filters = readRegisterFilters(request.query);
    const reader = readerIn(response);
    const { zone } = await regionSettings(db.manager);
    const query = registerQuery(filters, agenciesOf(reader), zone, { after: null, limit: null });
    await recordAccess(db.manager, {
      subject: reader.name,
      action: 'выгрузка реестра недостатков',
      login: reader.login,
      details: { ...filters },
    });
    const at = await databaseNow(db.manager);
    const workbook = exportRegister(db, query, { zone, calendars, at, publicUrl });
    await sendWorkbook(response, 'otklik-shortcomings.xlsx', workbook);
  };

const card =
  (deps: RegisterDeps): RequestHandler<One> =>
  async (_request, response) => {
    const found = foundIn(response);
    const read = await readNow(deps, found);
    const history = await loadHistory(deps.db, found.messageId);
    if (history === null) throw new Error(`shortcoming ${found.id} has no message`);
    const keeps = found.withdrawnAt === null && may(readerIn(response), 'shortcomings:keep');
    const token = keeps ? (frameIn(response)?.token ?? null) : null;
    const title = excerptLine(found.description, 120);
    response.send(page(response, title, cardPage(read, history, token), CARD_STYLE));
  };

const notice =
  (deps: RegisterDeps): RequestHandler<One> =>
  async (_request, response) => {
    const read = await readNow(deps, foundIn(response));
    response.send(page(response, read.notice.title, noticePage(read), CARD_STYLE));
  };

const document =
  (deps: RegisterDeps): RequestHandler<One> =>
  async (_request, response) => {
    const read = await readNow(deps, foundIn(response));
    response
      .attachment('uvedomlenie-o-nedostatke.docx')
      .type(DOCX)
      .send(await noticeDocument(read.notice));
  };

const readNow = async ({ db, calendars }: RegisterDeps, found: Shortcoming) =>
  readCard(db.manager, calendars, found, await databaseNow(db.manager));

const withdraw =
  ({ db }: RegisterDeps): RequestHandler<One> =>
  async (request, response) => {
    const { id } = request.params;
    const curator = readerIn(response);
    await db.transaction(async (tx) =>
      withdrawShortcoming(tx, id, request.body, curator, await databaseNow(tx)),
    );
    response.redirect(303, `/shortcomings/${id}`);
  };
