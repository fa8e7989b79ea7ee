import { Router, type RequestHandler } from 'express';
import { principalOf } from '../access/authenticate.ts';
import { MonthlyReportEntity } from '../db/entities/monthly-report.ts';
import { monthlyDocument } from '../report/document.ts';
import { documentName, workbookName } from '../report/file-names.ts';
import { DOCX } from '../report/files.ts';
import { month as monthSchema } from '../report/month.ts';
import { unpackRows } from '../report/rows.ts';
import { monthlyWorkbook } from '../report/workbook.ts';
import type { HttpDeps } from './deps.ts';
import { frameIn, page, signedInFor } from './frame.ts';
import { sendWorkbook } from './send-workbook.ts';
import { reportListPage, reportPage } from './views/report.ts';

type Month = { month: string };

const NO_DATA = 'Данных за этот месяц нет';

/**
 * The monthly data as the curator checks them and the deputy governor reads them (clause 14), with both
 * files. Reached by a signed link, or by those who signed in and whom the data are for.
 */
export function reportRoutes(deps: HttpDeps): Router {
  const router = Router();
  router.get('/', readers, list(deps));
  router.use('/:month', allow(deps), (request, response, next) => {
    if (monthSchema.safeParse(request.params.month).success) next();
    else response.status(404).send(page(response, NO_DATA, ''));
  });
  router.get('/:month', show(deps));
  router.get('/:month/:file', download(deps));
  return router;
}

const readers = signedInFor('reports:read', 'Сводные данные доступны куратору и руководству.');

const allow =
  ({ links }: HttpDeps): RequestHandler<Month> =>
  (request, response, next) => {
    response.set('cache-control', 'private, no-store');
    const { key } = request.query;
    if (links.opensReport(request.params.month, key)) next();
    else if (key !== undefined && principalOf(response) === null) {
      const hint = '<p>Откройте страницу по ссылке из задачи или письма.</p>';
      response.status(403).send(page(response, 'Нет доступа', hint));
    } else void readers(request, response, next);
  };

const list =
  ({ db }: HttpDeps): RequestHandler =>
  async (_request, response) => {
    const months = await db.getRepository(MonthlyReportEntity).find({
      select: { month: true, status: true },
      order: { month: 'DESC' },
    });
    response.send(reportListPage(months, frameIn(response)));
  };

const show =
  ({ db }: HttpDeps): RequestHandler<Month> =>
  async (request, response) => {
    const { month } = request.params;
    const report = await db.getRepository(MonthlyReportEntity).findOne({
      select: { month: true, status: true, snapshot: true },
      where: { month },
    });
    if (report === null) {
      response.status(404).send(page(response, NO_DATA, ''));
      return;
    }
    const query = typeof request.query['key'] === 'string' ? `?key=${request.query['key']}` : '';
    response.send(reportPage(report, query, frameIn(response)));
  };

const download =
  ({ db }: HttpDeps): RequestHandler<Month & { file: string }> =>
  async (request, response) => {
    const { month, file } = request.params;
    const report = await db.manager.findOneBy(MonthlyReportEntity, { month });
    if (report !== null && file === documentName(month)) {
      response
        .attachment(file)
        .type(DOCX)
        .send(await monthlyDocument(report.snapshot));
    } else if (report !== null && file === workbookName(month)) {
      const rows = await unpackRows(report.rows);
      await sendWorkbook(response, file, monthlyWorkbook({ snapshot: report.snapshot, rows }));
    } else {
      response.status(404).send(page(response, 'Файл не найден', ''));
    }
  };
