import { expect } from 'chai';
import ExcelJS from 'exceljs';
import { openPages, type Pages } from '../../test/pages.ts';
import { signInAll, tokenOf } from '../../test/people.ts';
import { openStage, type Stage } from '../../test/stage.ts';
import { aToldMessage } from '../../test/told-message.ts';
import type { Visitor } from '../../test/visitor.ts';
import { wordText } from '../../test/word.ts';
import { AuditEntryEntity } from '../db/entities/audit.ts';
import { ShortcomingEntity } from '../db/entities/shortcoming.ts';

const GROUNDS = 'Ответ был дан вовремя, сбой связи.';

describe('The register of shortcomings (clauses 12, 13)', () => {
  let stage: Stage;
  let pages: Pages;
  let first: Awaited<ReturnType<typeof aToldMessage>>;
  let second: typeof first;
  let as: (login: string) => Visitor;

  /** Login, what the list and a shortcoming of the Ministry of Transport answer, and whether it may be kept. */
  const TABLE = [
    ['mintrans', 200, 200, false],
    ['minzdrav', 200, 404, false],
    ['vice-infrastructure', 200, 200, false],
    ['vice-social', 200, 404, false],
    ['curator', 200, 200, true],
    ['head', 200, 200, true],
    ['governor', 200, 200, false],
    ['admin', 403, 403, false],
  ] as const;

  before(async () => {
    stage = await openStage();
    pages = await openPages(stage);
    first = await aToldMessage(stage);
    second = await aToldMessage(stage);
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
  const rowsIn = (html: string) => (html.match(/<tr[ >]/g)?.length ?? 1) - 1;
  const row = (id: string) => stage.db.getRepository(ShortcomingEntity).findOneByOrFail({ id });

  for (const [login, ofList, ofOne, keeps] of TABLE) {
    it(`answers ${login}: the list with ${ofList}, one with ${ofOne}${keeps ? ', to be kept' : ''}`, async () => {
      const visitor = as(login);
      const list = await visitor.get('/shortcomings');
      expect(list.status).to.equal(ofList);
      expect(list.html.includes(`/shortcomings/${first.shortcomingId}`)).to.equal(ofOne === 200);
      expect((await visitor.get('/shortcomings.xlsx')).status).to.equal(ofList);
      const address = `/shortcomings/${first.shortcomingId}`;
      for (const path of ['', '/notice', '/notice.docx']) {
        expect((await visitor.get(address + path)).status, path).to.equal(ofOne);
      }
      expect((await visitor.get(address)).html.includes('Снять недостаток')).to.equal(keeps);
      const token = await tokenOf(visitor);
      const refused = ofOne === 200 ? 403 : ofOne;
      const withdrawn = await visitor.post(`${address}/withdraw`, { token, grounds: 'мало' });
      expect(withdrawn.status).to.equal(keeps ? 400 : refused);
      const noted = await visitor.post(`/messages/${first.messageId}/shortcomings`, { token });
      expect(noted.status).to.equal(keeps ? 400 : ofOne === 200 ? 403 : 404);
      expect((await row(first.shortcomingId)).status).to.equal('open');
    });
  }

  it('shows nothing to who did not sign in, nor what is not there', async () => {
    const nobody = pages.visitor();
    expect((await nobody.get('/shortcomings')).status).to.equal(303);
    expect((await nobody.get(`/shortcomings/${first.shortcomingId}`)).status).to.equal(303);
    for (const id of ['x', '7b8dd6ab-27f2-4c07-a74b-9d8b4b1d2f1e']) {
      expect((await as('curator').get(`/shortcomings/${id}`)).status, id).to.equal(404);
    }
    const link = await nobody.get(pages.links.link(first.messageId));
    expect(link.html).not.to.contain('Недостатки').and.not.to.contain('выявлен недостаток');
  });

  it('is narrowed down by agency, executor, state, clause and period', async () => {
    const count = async (query: string) => {
      const { status, html } = await as('curator').get(`/shortcomings?${query}`);
      return status === 200 ? Math.max(0, rowsIn(html)) : status;
    };
    expect(await count('')).to.equal(2);
    expect(await count('agency=mintrans&executor=mintrans&state=unsettled&clause=6')).to.equal(2);
    expect(await count('from=2025-11-26&to=2025-11-26')).to.equal(2);
    for (const none of ['agency=minobr', 'executor=minobr', 'state=measure', 'clause=substance']) {
      expect(await count(none), none).to.equal(0);
    }
    expect(await count('to=2025-11-25')).to.equal(0);
    for (const wrong of ['state=x', 'clause=7', 'from=morgen', 'after=x', 'agency=%27']) {
      expect(await count(wrong), wrong).to.equal(400);
    }
  });

  it('says by how much, what was sent when, and which of the executor’s it is', async () => {
    const list = await as('curator').get('/shortcomings');
    expect(list.html).to.contain('Превышен на 20 мин рабочего времени (календарного — 1 ч 20 мин)');
    expect(list.html).to.contain('повторно: 2-й за 90 дней');
    const { html } = await as('vice-infrastructure').get(`/shortcomings/${second.shortcomingId}`);
    expect(html).to.contain('Срок превышен на 20 мин').and.contain('Версия 2');
    expect(html).to.contain('Замечания куратора: Укажите точную дату');
    expect(html).to.contain('Повторно: за 90 дней');
  });

  it('goes to a workbook whole, and the look is in the audit', async () => {
    const cookie = [...as('curator').cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const get = async (path: string) =>
      Buffer.from(await (await fetch(pages.url + path, { headers: { cookie } })).arrayBuffer());
    const book = new ExcelJS.Workbook();
    await book.xlsx.load((await get('/shortcomings.xlsx')) as unknown as ExcelJS.Buffer);
    const sheet = book.getWorksheet('Недостатки');
    expect(sheet?.rowCount).to.equal(3);
    expect(sheet?.getCell('C2').text).to.equal('Нарушен срок подготовки ответа (п. 6 Порядка)');
    const looks = { action: 'выгрузка реестра недостатков' };
    expect(await stage.db.getRepository(AuditEntryEntity).countBy(looks)).to.be.greaterThan(0);
    const notice = wordText(await get(`/shortcomings/${first.shortcomingId}/notice.docx`));
    expect(notice).to.contain('Уведомление о недостатке').and.contain('пунктом 13');
    expect(notice).to.contain('превышен на 20 мин').and.contain('Министерство транспорта');
  });

  it('takes what a curator notes on the message’s page, and takes it back with grounds', async () => {
    const curator = as('curator');
    const noted = await curator.submit(
      `/messages/${first.messageId}`,
      { assignment: first.assignmentId, ground: 'inaccurate', text: 'Назван не тот адрес <b>.' },
      `/messages/${first.messageId}/shortcomings`,
    );
    expect(noted.status).to.equal(303);
    const address = noted.location ?? '';
    const id = address.split('/').at(-1) ?? '';
    expect((await curator.get(address)).html).to.contain('Назван не тот адрес &lt;b&gt;');
    const message = await curator.get(`/messages/${first.messageId}`);
    expect(message.html).to.contain(`href="${address}"`);

    const action = `${address}/withdraw`;
    expect((await curator.submit(address, { grounds: GROUNDS }, action)).status).to.equal(303);
    expect(await row(id)).to.include({ status: 'withdrawn', withdrawnBy: 'curator' });
    const { html } = await curator.get(address);
    expect(html).to.contain('Снят куратором').and.contain(GROUNDS);
    expect(html).not.to.contain('name="grounds"');
    const lines = await stage.db
      .getRepository(AuditEntryEntity)
      .findBy({ messageId: first.messageId });
    expect(lines.map(({ action: did }) => did)).to.include('недостаток снят');
    const forged = { grounds: GROUNDS, token: await tokenOf(as('governor')) };
    const other = `/shortcomings/${second.shortcomingId}/withdraw`;
    expect((await curator.post(other, forged)).status, 'another site’s form').to.equal(403);
  });
});
