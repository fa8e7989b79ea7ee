import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { aMessage, anAssignment } from '../../test/builders.ts';
import { openPages, type Pages } from '../../test/pages.ts';
import { signInAll } from '../../test/people.ts';
import { engineTime, msk, openStage, type Stage } from '../../test/stage.ts';
import type { Visitor } from '../../test/visitor.ts';
import { AuditEntryEntity } from '../db/entities/audit.ts';
import { UrgentReportEntity } from '../db/entities/urgent-report.ts';
import { recordUrgentDecision } from '../urgent/record-urgent-decision.ts';
import { sendUrgentReport } from '../urgent/send-urgent-report.ts';
import { detectSurges } from '../urgent/surge/detect.ts';

describe('The page of urgent reports (clause 15)', () => {
  let stage: Stage;
  let pages: Pages;
  let surgeReport: string;
  let messageReport: string;
  let marked: string;
  let as: (login: string) => Visitor;
  const TABLE = [
    ['curator', 200],
    ['head', 200],
    ['vice-policy', 200],
    ['vice-social', 200],
    ['governor', 200],
    ['minzdrav', 403],
    ['admin', 403],
  ] as const;

  before(async () => {
    stage = await openStage();
    pages = await openPages(stage);
    await aMessage(stage, { publishedAt: msk('2025-11-24T09:00'), detectedAt: msk('2025-11-24') });
    for (let n = 0; n < 17; n++) {
      const message = await aMessage(stage, {
        text: `Сосед <b>${n}</b>: батареи холодные`,
        proposedTopic: 'heating',
        proposedMunicipality: 'vyazemsky',
        publishedAt: msk(`2026-11-24T19:${n + 10}`),
      });
      if (n === 0) await anAssignment(stage, message, 'minzdrav');
    }
    await detectSurges(stage.db, msk('2026-11-24T20:00'));
    surgeReport = (await stage.db.getRepository(UrgentReportEntity).findOneByOrFail({})).id;
    marked = await aMessage(stage);
    await anAssignment(stage, marked, 'mintrans');
    messageReport = randomUUID();
    await stage.db.getRepository(UrgentReportEntity).insert({
      id: messageReport,
      sourceKey: messageReport,
      messageId: marked,
      grounds: 'Обрушился <мост>',
      openedAt: msk('2026-11-24T10:00'),
      status: 'open',
    });
    const decision = { decision: 'confirm', note: 'Работают службы' };
    await stage.twice(recordUrgentDecision(stage), {
      urgentReportId: messageReport,
      urgentDecision: decision,
      at: engineTime('2026-11-24T10:05'),
    });
    await stage.twice(sendUrgentReport(stage), {
      urgentReportId: messageReport,
      at: engineTime('2026-11-24T10:06'),
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

  for (const [login, status] of TABLE) {
    it(`answers ${login} with ${status}, list and surge`, async () => {
      for (const path of ['/urgent', `/urgent/${surgeReport}`]) {
        expect((await as(login).get(path)).status, path).to.equal(status);
      }
      const { html } = await as(login).get('/');
      expect(html.includes('Срочные доклады')).to.equal(status === 200);
    });
  }

  it('lists what was found, who decided, when it was sent and how soon', async () => {
    const { html } = await as('head').get('/urgent');
    expect(html).to.contain('17 сообщений об отоплении и воде в Вяземском округе за 2 ч');
    expect(html).to.contain('Обрушился &lt;мост&gt;').and.not.to.contain('<мост>');
    expect(html).to.match(/подтверждён 24\.11\.2026 10:05<small>Начальник Департамента/);
    expect(html).to.contain('Работают службы').and.to.contain('24.11.2026 10:06');
    expect(html).to.contain('<td data-name="Заняло">6 мин</td>');
    expect(html)
      .to.contain('ожидается уже ')
      .and.contain('<td data-name="Заняло">—</td>')
      .and.contain('письмо ожидает отправки');
    expect(html).to.match(/направлено: 1 доклад\. От выявления до отправки обычно 6 мин/);
  });

  it('shows a surge with its chart, its weeks and every message', async () => {
    const { html } = await as('curator').get(`/urgent/${surgeReport}`);
    expect(html).to.contain('data:image/png;base64,').and.contain('0, 0, 0, 0, 0, 0, 0, 0');
    expect(html.match(/<article>/g)).to.have.length(17);
    expect(html).to.contain('Сосед &lt;b&gt;16&lt;/b&gt;').and.not.to.contain('Иван Петров');
  });

  it('shows a deputy governor messages and reports of their agencies only', async () => {
    const { html } = await as('vice-social').get(`/urgent/${surgeReport}`);
    expect(html.match(/<article>/g)).to.have.length(1);
    expect(html).to.contain('Ещё 16 — других органов власти.');
    expect((await as('vice-social').get('/urgent')).html).not.to.contain('Обрушился');
    expect((await as('vice-social').get(`/urgent/${messageReport}`)).status).to.equal(404);
  });

  it('opens the message of a report that is about one', async () => {
    const visit = await as('head').get(`/urgent/${messageReport}`);
    expect([visit.status, visit.location]).to.deep.equal([303, `/messages/${marked}`]);
  });

  it('opens a surge by its signed link, for whoever has it, and by no other', async () => {
    const visitor = pages.visitor();
    const seen = await visitor.get(pages.links.urgentLink(surgeReport));
    expect(seen.status).to.equal(200);
    expect(seen.html.match(/<article>/g)).to.have.length(17);
    expect(seen.html).not.to.contain('/messages/');
    const other = new URL(pages.links.urgentLink(messageReport), pages.url).search;
    for (const query of [other, '?key=', '?key=x']) {
      expect((await visitor.get(`/urgent/${surgeReport}${query}`)).status, query).to.equal(403);
    }
    expect((await visitor.get(`/urgent/${surgeReport}`)).status).to.equal(303);
    expect((await visitor.get('/urgent')).status).to.equal(303);
  });

  it('does not find what is not there', async () => {
    for (const id of [randomUUID(), 'x', '%00']) {
      expect((await as('curator').get(`/urgent/${id}`)).status, id).to.equal(404);
    }
    expect((await as('curator').get('/urgent?before=yesterday')).status).to.equal(200);
  });

  it('records who saw what citizens wrote, once a day', async () => {
    for (const login of ['curator', 'curator', 'head']) {
      await as(login).get(`/urgent/${surgeReport}`);
    }
    const lines = await stage.db
      .getRepository(AuditEntryEntity)
      .findBy({ action: 'просмотр сообщений всплеска' });
    const heads = lines.filter(({ details }) => details['login'] === 'curator');
    expect(heads).to.have.length(1);
    expect(heads[0]?.details['messages']).to.have.length(17);
  });

  it('are counted on the dashboard for a period, and the number opens their list', async () => {
    const day = 'from=2026-11-24&to=2026-11-24';
    const figures = async (login: string, query: string) => {
      const { html } = await as(login).get(`/figures?${query}`);
      return (JSON.parse(html) as { urgent: unknown }).urgent;
    };
    const medianMs = 6 * 60_000;
    expect(await figures('curator', day)).to.deep.equal({ bySurge: 1, byHand: 1, medianMs });
    expect(await figures('vice-social', day)).to.deep.equal({
      bySurge: 1,
      byHand: 0,
      medianMs: null,
    });
    expect(await figures('curator', `${day}&network=vk`), 'narrowed down').to.equal(null);
    expect(await figures('minzdrav', day), 'not theirs').to.equal(null);
    const rows = async (query: string) => {
      const { html } = await as('curator').get(`/urgent?${query}`);
      return (html.match(/<tr><td>/g) ?? []).length;
    };
    expect(await rows(day)).to.equal(2);
    expect(await rows('from=2026-11-25&to=2026-11-30')).to.equal(0);
    expect(await rows('to=2026-11-23&from=2026-11-01')).to.equal(0);
    expect((await as('curator').get('/urgent?from=x')).status).to.equal(400);
  });
});
