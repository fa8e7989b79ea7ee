import { buffer } from 'node:stream/consumers';
import ExcelJS from 'exceljs';
import { expect } from 'chai';
import { agencyFigures, aSnapshot, noRows } from '../../test/snapshots.ts';
import { msk, openStage, type Stage } from '../../test/stage.ts';
import { haveWork } from '../../test/work.ts';
import { columns } from './columns.ts';
import { rowsBehind } from './rows-behind.ts';
import { SHEETS, sheets } from './sheets.ts';
import { takeSnapshot, type Compiled } from './snapshot.ts';
import { monthlyWorkbook } from './workbook.ts';

const MONTH = '2026-10';
const AT = '2026-11-02T06:00:00.000Z';

async function opened(file: Buffer): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(file as unknown as ExcelJS.Buffer);
  return workbook;
}

const sheetOf = (workbook: ExcelJS.Workbook, title: string) =>
  workbook.getWorksheet(title) ?? expect.fail(`no sheet «${title}»`);

const rowsOf = (sheet: ExcelJS.Worksheet): unknown[][] =>
  sheet.getSheetValues().flatMap((row) => (Array.isArray(row) ? [row.slice(1)] : []));

describe('The monthly workbook (clause 14)', () => {
  let stage: Stage;
  let compiled: Compiled;
  let file: Buffer;
  let workbook: ExcelJS.Workbook;
  before(async () => {
    stage = await openStage();
    const bounds = ['2026-10-01T00:00', '2026-11-01T00:00'].map((at) => msk(at).getTime());
    await haveWork(stage, bounds, 240);
    const at = new Date(AT);
    compiled = await stage.db.transaction('REPEATABLE READ', (tx) =>
      takeSnapshot(tx, { month: MONTH, at, preliminary: false }),
    );
    file = await buffer(monthlyWorkbook(compiled));
    workbook = await opened(file);
  });
  after(() => stage.close());

  it('has the figures and a sheet of rows behind each, all with a filter and a fixed head', () => {
    expect(workbook.worksheets.map(({ name }) => name)).to.deep.equal([
      ...['Сводка', 'Органы', 'Структура', 'Уточнения'],
      ...sheets.map((sheet) => SHEETS[sheet].title),
    ]);
    for (const sheet of workbook.worksheets) {
      expect(sheet.autoFilter, sheet.name).to.match(/^A1:[A-Z]+\d+$/);
      expect(sheet.views[0]).to.include({ state: 'frozen', ySplit: 1 });
    }
  });

  it('counts by rows to the figures of every agency', () => {
    const { figures } = compiled.snapshot;
    for (const row of figures.byAgency) {
      for (const column of columns) {
        const counted = rowsBehind(compiled.rows, row.agency, column).length;
        expect(counted, `${row.agency} ${column}`).to.equal(row[column]);
      }
    }
    expect(compiled.rows.messages).to.have.length(figures.messages);
    expect(compiled.rows.publications).to.have.length(figures.answered);
    expect(compiled.rows.drafts.length).to.be.greaterThan(20);
  });

  it('shows every row, times as the region’s clocks show them', () => {
    for (const sheet of sheets) {
      const shown = rowsOf(sheetOf(workbook, SHEETS[sheet].title));
      expect(shown, sheet).to.have.length(1 + compiled.rows[sheet].length);
    }
    const [first] = compiled.rows.messages;
    const sheet = sheetOf(workbook, 'Сообщения');
    const taken = sheet.getCell('D2');
    expect(taken.value).to.deep.equal(new Date(Date.parse(String(first?.['at'])) + 3 * 3_600_000));
    expect(taken.numFmt).to.equal('dd.mm.yyyy hh:mm');
    expect(sheet.getCell('A2').value).to.equal(first?.['url']);
  });

  it('sums the agencies below them, outside of the filter', () => {
    const sheet = sheetOf(workbook, 'Органы');
    const rows = rowsOf(sheet);
    const [name, received] = rows.at(-1) ?? [];
    expect(name).to.equal('Всего');
    expect(received).to.equal(
      compiled.snapshot.figures.byAgency.reduce((sum, row) => sum + row.received, 0),
    );
    expect(sheet.autoFilter).to.match(new RegExp(`^A1:[A-Z]+${rows.length - 1}$`));
  });

  it('is the same bytes each time', async () => {
    const stored = JSON.parse(JSON.stringify(compiled)) as Compiled;
    expect((await buffer(monthlyWorkbook(stored))).equals(file)).to.equal(true);
  });

  it('tells of authors nothing but the address of the message', () => {
    const all = JSON.stringify(compiled.rows);
    expect(all).to.contain('https://vk.com/wall');
    expect(all).not.to.match(/authorName|author_name|authorUrl/);
  });

  it('of a month without messages has heads only, and no text is a formula', async () => {
    const figures = { ...(await aSnapshot()).figures, byAgency: [agencyFigures('=1+1')] };
    const snapshot = await aSnapshot({ figures });
    const empty = await opened(await buffer(monthlyWorkbook({ snapshot, rows: noRows() })));
    for (const sheet of sheets) {
      expect(rowsOf(sheetOf(empty, SHEETS[sheet].title))).to.have.length(1);
    }
    const rows = noRows();
    rows.returns = [{ id: '1', agency: 'a', grounds: '=HYPERLINK("http://x")' }];
    const filled = await opened(await buffer(monthlyWorkbook({ snapshot, rows })));
    const grounds = sheetOf(filled, 'Возвраты').getCell('G2');
    expect(grounds.value).to.equal('=HYPERLINK("http://x")');
    expect(grounds.type).to.equal(ExcelJS.ValueType.String);
  });
});
