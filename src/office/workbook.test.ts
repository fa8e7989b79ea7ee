import { buffer } from 'node:stream/consumers';
import { expect } from 'chai';
import ExcelJS from 'exceljs';
import type { Cell } from './cells.ts';
import { workbook } from './workbook.ts';

const COLUMNS = [
  { title: 'Когда', width: 17 },
  { title: 'Текст', width: 40 },
  { title: 'Число', width: 10 },
];

async function* rows(count: number): AsyncGenerator<Cell[]> {
  for (let row = 1; row <= count; row++) {
    yield await Promise.resolve([{ day: 45_000.5 }, row % 2 ? `Строка «${row}»` : null, row]);
  }
}

const sheet = (rows: AsyncIterable<Cell[]>, sheetRows?: number) =>
  workbook(
    [{ name: 'Лист', columns: COLUMNS, rows }],
    sheetRows === undefined ? {} : { sheetRows },
  );

async function read(stream: NodeJS.ReadableStream): Promise<ExcelJS.Workbook> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load((await buffer(stream)) as unknown as ExcelJS.Buffer);
  return book;
}

describe('A workbook', () => {
  it('is read back as it was written: a head, text, numbers, instants, empty cells', async () => {
    const book = await read(
      workbook([{ name: 'Список & «кавычки»', columns: COLUMNS, rows: rows(2) }]),
    );
    const [sheet] = book.worksheets;
    expect(sheet?.name).to.equal('Список & «кавычки»');
    expect(sheet?.getRow(1).values).to.deep.equal([undefined, 'Когда', 'Текст', 'Число']);
    expect(sheet?.getCell('A2').value).to.deep.equal(new Date('2023-03-15T12:00:00Z'));
    expect([sheet?.getCell('B2').value, sheet?.getCell('B3').value]).to.deep.equal([
      'Строка «1»',
      null,
    ]);
    expect(sheet?.getCell('C3').value).to.equal(2);
  });

  it('goes on in another sheet where one is full', async () => {
    for (const [count, expected] of [
      [0, [1]],
      [9, [10]],
      [10, [10, 2]],
      [19, [10, 10, 2]],
    ] as const) {
      const book = await read(sheet(rows(count), 10));
      expect(book.worksheets.map(({ rowCount }) => rowCount)).to.deep.equal(expected);
    }
  });

  it('takes every text: markup, control characters, broken characters, emoji', async () => {
    const text = '<b>&"\'\u0000\u0008\ud800 \r\n👍\ufffe конец ';
    async function* one(): AsyncGenerator<Cell[]> {
      yield await Promise.resolve([text, null, null]);
    }
    const book = await read(sheet(one()));
    const value = book.worksheets[0]?.getCell('A2').text ?? '';
    expect(value.replace(/\r?\n/, '\n')).to.equal('<b>&"\'\ufffd \n👍 конец ');
  });

  it('breaks off when its rows do, and asks for no more when nobody reads', async () => {
    async function* broken(): AsyncGenerator<Cell[]> {
      yield* rows(1_000);
      throw new Error('the database went away');
    }
    const failure = await buffer(sheet(broken())).catch((error: Error) => error);
    expect(failure).to.have.property('message', 'the database went away');

    let asked = 0;
    async function* endless(): AsyncGenerator<Cell[]> {
      for (;;) yield await Promise.resolve([`${Math.random()}`.repeat(20), null, ++asked]);
    }
    const stream = sheet(endless());
    await stream[Symbol.asyncIterator]().next();
    stream.destroy();
    const before = asked;
    await new Promise((later) => setImmediate(later));
    expect(asked - before).to.be.lessThan(2_000);
  });
});
