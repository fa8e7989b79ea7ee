import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { expect } from 'chai';
import ExcelJS from 'exceljs';
import { aMessage, anAssignment } from '../../test/builders.ts';
import { openPages, type Pages } from '../../test/pages.ts';
import { signInAll } from '../../test/people.ts';
import { clock, msk, openStage, type Stage } from '../../test/stage.ts';
import type { Visitor } from '../../test/visitor.ts';
import { AuditEntryEntity } from '../db/entities/audit.ts';
import { generateMessages } from '../generate/generate.ts';
import { refreshFigures } from './refresh.ts';
import type { DashboardView, LiveView } from './view.ts';

const MONTH = 'from=2026-10-20&to=2026-11-24';
const ROUTES = ['/figures', '/messages', '/messages.xlsx'];

describe('The dashboard over HTTP', () => {
  let stage: Stage;
  let pages: Pages;
  let as: (login: string) => Visitor;
  const LOGINS = ['curator', 'head', 'governor', 'vice-social', 'minzdrav', 'admin'];
  before(async () => {
    stage = await openStage();
    pages = await openPages(stage);
    const now = msk('2026-11-24T17:30');
    await generateMessages(stage.db, stage.calendars, { messages: 1_200, seed: 3, now });
    await refreshFigures(stage);
    as = await signInAll(stage, pages, LOGINS);
  });
  after(async () => {
    await pages.close();
    await stage.close();
  });
  const figures = async (login: string, query = MONTH) => {
    const { status, html } = await as(login).get(`/figures?${query}`);
    expect(status, html.slice(0, 300)).to.equal(200);
    return JSON.parse(html) as DashboardView;
  };

  describe('shows everybody what is theirs', () => {
    // login, of all agencies, of the Ministry of Health, of the Ministry of Transport
    const TABLE = [
      ['curator', 200, 200, 200],
      ['head', 200, 200, 200],
      ['governor', 200, 200, 200],
      ['vice-social', 200, 200, 403],
      ['minzdrav', 200, 200, 403],
      ['admin', 403, 403, 403],
    ] as const;
    for (const [login, ...expected] of TABLE) {
      it(`${login}: ${expected.join(', ')} on every route`, async () => {
        for (const path of [...ROUTES, ...(expected[0] === 403 ? ['/events'] : [])]) {
          const asked = ['', '?agency=minzdrav', '?agency=mintrans'].map((query) =>
            as(login).get(path + query),
          );
          const statuses = (await Promise.all(asked)).map(({ status }) => status);
          expect(statuses, path).to.deep.equal(expected);
        }
        for (const path of ['/', '/wall', '/?wall=1']) {
          const { status, html } = await as(login).get(path);
          expect(status).to.equal(200);
          expect(html.includes('id="dashboard"')).to.equal(expected[0] === 200);
        }
      });
    }

    it('nobody who did not sign in', async () => {
      for (const path of ['/', '/wall', '/events', ...ROUTES]) {
        const { status, location } = await pages.visitor().get(path);
        expect([status, location], path).to.deep.equal([
          303,
          `/sign-in?to=${encodeURIComponent(path)}`,
        ]);
      }
    });

    it('an executor’s figures, lists and files have only messages that they may open', async () => {
      const own = await figures('minzdrav');
      expect(own.period.agency.map(({ code }) => code)).to.deep.equal(['minzdrav']);
      expect(Object.keys(own.names.agency)).to.deep.equal(['minzdrav']);
      expect(own.links.operate).to.equal(null);
      for (const list of ['all', 'work', 'clause8', 'answered', 'received', 'shortcomings']) {
        const { html } = await as('minzdrav').get(`/messages?list=${list}&${MONTH}`);
        const links = [...html.matchAll(/href="(\/messages\/[0-9a-f-]{36})"/g)].map(
          ([, it]) => it!,
        );
        expect(links.length, list).to.be.greaterThan(0);
        for (const link of links.slice(0, 5)) {
          expect((await as('minzdrav').get(link)).status, `${list} ${link}`).to.equal(200);
        }
      }
    });
  });

  describe('opens the list behind every number', () => {
    before(() => refreshFigures(stage));

    for (const login of ['curator', 'vice-social', 'minzdrav']) {
      it(`with as many rows as it says: ${login}`, async () => {
        for (const query of ['', '&network=ok', '&topic=health', '&municipality=unknown']) {
          const { now, period } = await figures(login, MONTH + query);
          const { total } = period;
          const numbers: [string, number][] = [
            ['work', now.inWork],
            ['overdue', now.overdue],
            ['soon', now.soon],
            ['today', now.answeredToday],
            ['received', total.received],
            ['answered', total.answered],
            ['returns', total.returns],
            ['returns&late=yes', total.returnsLate],
            ['rework', total.rework],
            ['shortcomings', total.shortcomings],
            ['clause6', total.clause6],
            ['clause6&late=yes', total.clause6Late],
            ['clause6&late=no', total.clause6 - total.clause6Late],
            ['clause8', total.clause8],
            ['clause8&late=yes', total.clause8Late],
            ['clause9', total.clause9],
            ['clause9&late=yes', total.clause9Late],
          ];
          for (const [list, number] of numbers) {
            const rows = await allRows(as(login), `/messages?list=${list}&${MONTH}${query}`);
            expect(rows, list + query).to.have.length(number);
          }
        }
      });
    }

    it('with when late work was done, or that it was not', async () => {
      const rows = await allRows(as('curator'), `/messages?list=clause6&late=yes&${MONTH}`);
      expect(rows.some(([done]) => done !== '—')).to.equal(true);
      for (const [done, due] of rows) expect(done).not.to.equal(due);
    });

    it('page after page, each row once, running clocks by deadline', async () => {
      const visitor = as('curator');
      const rows = await allRows(visitor, `/messages?list=received&${MONTH}`);
      expect(rows.length).to.be.greaterThan(150);
      const due = (await allRows(visitor, '/messages?list=work')).map(([time = '']) => time);
      const order = due
        .filter((time) => time !== '—')
        .map((time) => time.replace(/(\d\d)\.(\d\d)\.(\d{4}) (.*)/, '$3$2$1 $4'));
      expect(order).to.deep.equal([...order].sort());
    });
  });

  it('keeps the filters in the address: from the form into the links and the file', async () => {
    const query = `${MONTH}&agency=minzhkh&network=vk&topic=heating&municipality=smolensk`;
    const { html } = await as('curator').get(`/messages?list=clause6&late=no&${query}`);
    for (const chosen of ['minzhkh', 'vk', 'heating', 'smolensk', 'clause6', 'no']) {
      expect(html).to.contain(`value="${chosen}" selected`);
    }
    expect(html).to.contain('name="from" value="2026-10-20"').and.to.contain('value="2026-11-24"');
    const address = /href="\/messages\.xlsx\?([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&');
    expect(Object.fromEntries(new URLSearchParams(address))).to.deep.equal({
      ...Object.fromEntries(new URLSearchParams(query)),
      list: 'clause6',
      late: 'no',
    });
    const view = await figures('curator', query);
    expect(new URLSearchParams({ ...view.filters }).toString()).to.equal(query);
  });

  it('refuses an address that makes no sense and says what is allowed', async () => {
    const REFUSED: [string, RegExp][] = [
      ['from=2026-13-01', /from; допустимо: первый день периода/],
      ['to=вчера', /to; допустимо: последний день/],
      ['from=2026-11-02&to=2026-11-01', /позже его конца/],
      ['network=%27', /network/],
      ['list=everything', /Неверный список/],
      ['late=maybe', /Неверный список/],
      ['after=1', /Неверная страница/],
      ['agency=minobr&agency=minsoc', /agency/],
    ];
    for (const [query, words] of REFUSED) {
      const { status, html } = await as('curator').get(`/messages?${query}`);
      expect([status, words.test(html)], query).to.deep.equal([400, true]);
    }
  });

  it('gives a list of more than 20,000 rows as one file, without authors, and notes who took it', async () => {
    await stage.db.query(
      `insert into message (id, network, external_id, kind, url, author_name, text, published_at,
         detected_at, status)
       select gen_random_uuid(), 'vk', 'many-' || n, 'post', 'https://vk.example/' || n,
         'Тайный Автор', 'Сообщение № ' || n, '2026-01-15', '2026-01-15T09:00Z', 'closed'
       from generate_series(1, 21000) n`,
    );
    const file = await download(
      as('curator'),
      pages,
      '/messages.xlsx?from=2026-01-15&to=2026-01-15',
    );
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(file as unknown as ExcelJS.Buffer);
    const [sheet] = book.worksheets;
    expect(sheet?.name).to.equal('Поступившие сообщения');
    expect(sheet?.rowCount).to.equal(21_001);
    const texts = new Set<unknown>();
    sheet?.eachRow((row) => texts.add(row.getCell(4).value));
    expect(texts.size).to.equal(21_001);
    expect(sheet?.getCell('A2').value).to.deep.equal(new Date('2026-01-15T12:00:00Z'));
    expect(JSON.stringify(sheet?.getRow(2).values)).not.to.contain('Автор');
    const lines = await stage.db.getRepository(AuditEntryEntity).find({ order: { id: 'DESC' } });
    const noted = lines.find(({ action }) => action === 'выгрузка списка сообщений');
    expect(noted?.details).to.include({ login: 'curator', list: 'all', from: '2026-01-15' });
  });

  it('pushes a change to every page that is open, its own figures to each, and ends when told', async () => {
    const [all, own, other] = await Promise.all([
      listen(as('curator'), pages, '/events'),
      listen(as('minzdrav'), pages, '/events'),
      listen(as('curator'), pages, '/events?network=ok'),
    ]);
    await pages.live.look();
    const before = [await all.next(), await own.next(), await other.next()];
    const id = await aMessage(stage, { status: 'assigned' });
    const { id: assignmentId } = await anAssignment(stage, id, 'minzdrav');
    await stage.db.query(`update deadline set stopped_at = due_at where message_id = $1`, [id]);
    await clock(stage.db, id, {
      kind: 'draft',
      assignmentId,
      agencyCode: 'minzdrav',
      dueAt: new Date(Date.now() + 30 * 60_000),
    });
    await pages.live.look();
    for (const [at, page] of [all, own].entries()) {
      const { now, burning } = await page.next();
      expect(now.inWork).to.equal(before[at]!.now.inWork + 1);
      expect(now.soon).to.equal(before[at]!.now.soon + 1);
      expect(burning.map(({ messageId }) => messageId)).to.contain(id);
    }
    expect(other.waiting()).to.equal(0);
    expect(all.headers['content-type']).to.contain('text/event-stream');
    const ends = [all, own, other].map(({ ended }) => ended);
    await pages.live.stop();
    await Promise.all(ends);
  });

  it('serves what was built and nothing above it', async () => {
    for (const path of [
      '/assets/../vite.config.ts',
      '/assets/%2e%2e/vite.config.ts',
      '/assets/x',
    ]) {
      expect((await pages.visitor().get(path)).status, path).to.equal(404);
    }
  });
});

/** Every row of a list over all its pages: the texts of its cells. */
async function allRows(visitor: Visitor, first: string): Promise<string[][]> {
  const rows: string[][] = [];
  const seen = new Set<string>();
  for (let path: string | undefined = first; path !== undefined;) {
    const { status, html } = await visitor.get(path);
    expect(status, path).to.equal(200);
    const body = /<tbody>(.*)<\/tbody>/s.exec(html)?.[1] ?? '';
    for (const [, row = ''] of body.matchAll(/<tr>(.*?)<\/tr>/gs)) {
      const cells = [...row.matchAll(/<td[^>]*>(.*?)<\/td>/gs)].map(([, cell = '']) =>
        cell
          .replace(/<span.*<\/span>/, '')
          .replace(/<[^>]+>/g, '')
          .trim(),
      );
      rows.push(cells);
    }
    path = /rel="next" href="([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&');
    expect(seen.has(path ?? ''), 'the same page again').to.equal(false);
    seen.add(path ?? ' ');
  }
  return rows;
}

const cookieOf = ({ cookies }: Visitor) =>
  [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');

async function download(visitor: Visitor, { url }: Pages, path: string): Promise<Buffer> {
  const asked = request(url + path, { headers: { cookie: cookieOf(visitor) } });
  asked.end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  expect(response.statusCode).to.equal(200);
  expect(response.headers['content-disposition']).to.contain('.xlsx');
  return buffer(response);
}

/** A page's ear: the events one after another. */
async function listen(visitor: Visitor, { url }: Pages, path: string) {
  const asked = request(url + path, { headers: { cookie: cookieOf(visitor) } });
  asked.end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  const waiting: LiveView[] = [];
  let wake = () => {};
  response.setEncoding('utf8').on('data', (part: string) => {
    for (const [, data = ''] of part.matchAll(/^data: (.*)$/gm)) {
      waiting.push(JSON.parse(data) as LiveView);
      wake();
    }
  });
  return {
    headers: response.headers,
    ended: once(response, 'end'),
    waiting: () => waiting.length,
    async next(): Promise<LiveView> {
      while (waiting.length === 0) await new Promise<void>((resolve) => (wake = resolve));
      return waiting.shift()!;
    },
  };
}
