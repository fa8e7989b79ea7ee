import { expect } from 'chai';
import ExcelJS from 'exceljs';
import { openPages, type Pages } from '../../test/pages.ts';
import { signInAll } from '../../test/people.ts';
import { engineTime, openStage, type Stage } from '../../test/stage.ts';
import type { Visitor } from '../../test/visitor.ts';
import { wordText } from '../../test/word.ts';
import { compileMonthlyData } from '../report/compile-monthly-data.ts';
import { recordMonthlyCheck } from '../report/record-monthly-check.ts';

const MONTH = '2026-10';
const FILES = [`svodnye-dannye-${MONTH}.docx`, `svodnye-dannye-${MONTH}.xlsx`] as const;

describe('The page of the monthly data (clause 14)', () => {
  let stage: Stage;
  let pages: Pages;
  let as: (login: string) => Visitor;
  const TABLE = [
    ['curator', 200],
    ['head', 200],
    ['vice-policy', 200],
    ['governor', 200],
    ['minzdrav', 403],
    ['admin', 403],
  ] as const;

  before(async () => {
    stage = await openStage();
    pages = await openPages(stage);
    await stage.twice(compileMonthlyData(stage), {
      month: MONTH,
      at: engineTime('2026-11-02T09:00'),
    });
    as = await signInAll(
      stage,
      pages,
      TABLE.map(([login]) => login),
    );
  });
  after(async () => {
    await pages.close();
    await stage.close();
  });
  const keyed = (path: string) => pages.links.reportLink(MONTH).replace(`/${MONTH}`, `/${path}`);

  for (const [login, status] of TABLE) {
    it(`answers ${login} with ${status}, list, page and files`, async () => {
      const paths = ['', `/${MONTH}`, ...FILES.map((file) => `/${MONTH}/${file}`)];
      for (const path of paths) {
        expect((await as(login).get(`/reports${path}`)).status, path).to.equal(status);
      }
      const { html } = await as(login).get('/');
      expect(html.includes('Сводные данные')).to.equal(status === 200);
    });
  }

  it('opens by the signed link, with both files, for whoever has it', async () => {
    const visitor = pages.visitor();
    const seen = await visitor.get(keyed(MONTH));
    expect(seen.status).to.equal(200);
    expect(seen.headers.get('cache-control')).to.equal('private, no-store');
    const links = [...seen.html.matchAll(/href="([^"]*svodnye[^"]*)"/g)].map(([, href]) => href);
    expect(links).to.have.length(2);
    const [document, workbook] = await Promise.all(
      links.map(async (link) => {
        const answer = await fetch(`${pages.url}${link}`);
        expect(answer.headers.get('content-disposition')).to.match(/^attachment; filename=svod/);
        return Buffer.from(await answer.arrayBuffer());
      }),
    );
    expect(wordText(document ?? Buffer.of())).to.contain('СВОДНЫЕ ДАННЫЕ');
    const opened = new ExcelJS.Workbook();
    await opened.xlsx.load(workbook as unknown as ExcelJS.Buffer);
    expect(opened.getWorksheet('Сводка')).to.exist;
  });

  it('does not open by the link of another month, of a message, or none', async () => {
    const key = new URL(pages.links.reportLink('2026-09'), pages.url).search;
    const visitor = pages.visitor();
    for (const query of [key, '?key=', '?key=x', '?key=a&key=b']) {
      for (const path of [MONTH, `${MONTH}/${FILES[0]}`]) {
        expect((await visitor.get(`/reports/${path}${query}`)).status, query).to.equal(403);
      }
    }
    const asked = await visitor.get(`/reports/${MONTH}`);
    expect([asked.status, asked.location]).to.deep.equal([
      303,
      `/sign-in?to=${encodeURIComponent(`/reports/${MONTH}`)}`,
    ]);
    expect((await visitor.get('/reports')).status).to.equal(303);
  });

  it('says of a month or file that is not there that it is not', async () => {
    for (const path of ['2026-09', 'x', `${MONTH}/other.docx`, `2026-09/${FILES[0]}`, '%00']) {
      expect((await as('curator').get(`/reports/${path}`)).status, path).to.equal(404);
    }
  });

  it('tells a draft from a month that is closed', async () => {
    const before = await as('curator').get(`/reports/${MONTH}`);
    expect(before.html).to.contain('Проект: ожидает проверки куратора.');
    await stage.twice(recordMonthlyCheck(stage), {
      month: MONTH,
      check: { decision: 'approve' },
      at: engineTime('2026-11-02T09:30'),
    });
    expect((await as('curator').get(`/reports/${MONTH}`)).html).to.contain('месяц закрыт');
    expect((await as('curator').get('/reports')).html).to.contain('октябрь 2026 года');
  });
});
