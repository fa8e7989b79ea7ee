import { expect } from 'chai';
import { compileMonthlyData } from '../../src/report/compile-monthly-data.ts';
import { LISTS } from '../../src/dashboard/lists.ts';
import { LIST_NAMES } from '../../src/dashboard/words.ts';
import { generateMessages } from '../../src/generate/generate.ts';
import { openPages, type Pages } from '../pages.ts';
import { signInAll } from '../people.ts';
import { engineTime, msk, openStage, type Stage } from '../stage.ts';
import { aToldMessage } from '../told-message.ts';
import { convert, findLibreOffice } from './libreoffice.ts';

const MONTH = '2026-10';
const PERIOD = 'from=2026-10-01&to=2026-11-24';
const program = await findLibreOffice();
const passedOver = program === null ? ' (passed over: no soffice on this machine)' : '';

describe(`Documents open in LibreOffice${passedOver}`, () => {
  let stage: Stage;
  let pages: Pages;
  const words = new Map<string, Uint8Array>();
  const books = new Map<string, Uint8Array>();
  let shown: Record<'txt' | 'csv' | 'pdf', Map<string, string>>;
  before(async function () {
    if (program === null) this.skip();
    this.timeout(300_000);
    stage = await openStage();
    pages = await openPages(stage);
    const { shortcomingId } = await aToldMessage(stage);
    const now = msk('2026-11-24T17:30');
    await generateMessages(stage.db, stage.calendars, { messages: 900, seed: 7, months: 15, now });
    const at = engineTime('2026-11-02T09:00');
    await stage.twice(compileMonthlyData(stage), { month: MONTH, at });
    const get = await asCurator();
    words.set('month.docx', await get(`/reports/${MONTH}/svodnye-dannye-${MONTH}.docx`));
    words.set('notice.docx', await get(`/shortcomings/${shortcomingId}/notice.docx`));
    books.set('book.xlsx', await get(`/reports/${MONTH}/svodnye-dannye-${MONTH}.xlsx`));
    books.set('register.xlsx', await get('/shortcomings.xlsx'));
    for (const list of LISTS) {
      books.set(`${list}.xlsx`, await get(`/messages.xlsx?list=${list}&${PERIOD}`));
    }
    shown = {
      txt: await convert(program, words, 'txt'),
      csv: await convert(program, books, 'csv'),
      pdf: await convert(program, new Map([...words, ...books]), 'pdf'),
    };
  });
  after(async () => {
    await pages?.close();
    await stage?.close();
  });

  async function asCurator(): Promise<(path: string) => Promise<Uint8Array>> {
    const as = await signInAll(stage, pages, ['curator']);
    const cookie = [...as('curator').cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return async (path) => {
      const answer = await fetch(pages.url + path, { headers: { cookie } });
      expect(answer.status, path).to.equal(200);
      return new Uint8Array(await answer.arrayBuffer());
    };
  }
  const rowsOf = (name: string) => shown.csv.get(name)?.trimEnd().split('\n') ?? [];
  const pagesOf = (name: string) => shown.pdf.get(name)?.match(/\/Type\s*\/Page\b/g)?.length ?? 0;

  it('the monthly document: its title, its tables, its signature', () => {
    const text = shown.txt.get('month.txt') ?? '';
    for (const part of [
      'СВОДНЫЕ ДАННЫЕ',
      'Таблица 7 – Структура информации по видам',
      '(подпись)',
    ]) {
      expect(text).to.contain(part);
    }
    expect(pagesOf('month.pdf')).to.be.within(5, 10);
  });

  it('the notice of a shortcoming: on one page', () => {
    const text = shown.txt.get('notice.txt') ?? '';
    expect(text).to.contain('Уведомление о недостатке').and.contain('(инициалы, фамилия)');
    expect(pagesOf('notice.pdf')).to.equal(1);
  });

  it('the monthly workbook: every sheet, figures and times as they are read in Russia', () => {
    expect(rowsOf('book-Сводка.csv')[0]).to.match(/^Показатель,окт\. 2026,/);
    expect(rowsOf('book-Органы.csv').at(-1)).to.match(/^Всего,\d+/);
    const messages = rowsOf('book-Сообщения.csv');
    expect(messages.length).to.be.greaterThan(20);
    expect(messages[1]).to.match(/,\d{2}\.10\.2026 \d{2}:\d{2},/);
    expect(rowsOf('book-Подготовленные ответы.csv').join('\n')).to.match(/,нет,\d+\.\d{2},/);
  });

  it('the register and every list: a head, rows, and pages that are as wide as the sheet', () => {
    expect(rowsOf('register-Недостатки.csv')[0]).to.match(/^Выявлен,Вид,Недостаток,/);
    expect(rowsOf('register-Недостатки.csv').length).to.be.greaterThan(10);
    for (const list of LISTS) {
      const name = LIST_NAMES[list].replace(/ \(.*/, '').slice(0, 26);
      const rows = rowsOf(`${list}-${name}.csv`);
      expect(rows[0], list).to.contain(',Сообщение,');
      // Were a page narrower than its sheet, there would be a second one for each.
      expect(pagesOf(`${list}.pdf`), list).to.be.within(1, 1 + Math.floor(rows.length / 20));
    }
    expect(rowsOf(`received-${LIST_NAMES.received}.csv`).length).to.be.greaterThan(50);
  });
});
