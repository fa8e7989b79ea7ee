import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { letterOf, rowXml, type Cell, type Column, type RowKind } from './cells.ts';
import { partsAround, sheetEnd, sheetStart, type Made, type WrittenSheet } from './parts.ts';

/** Its head stays in sight, stands on every printed page and filters the rows. */
export interface Sheet {
  /** At most 26 characters. */
  name: string;
  /** At most 26. */
  columns: readonly Column[];
  rows: AsyncIterable<Cell[]> | Iterable<Cell[]>;
  /** Stands below the rows, outside of the filter. */
  total?: Cell[];
}

/** Excel takes so many rows a sheet; what is beyond goes on in the next. */
const SHEET_ROWS = 1_048_576;
/** Rows are passed on so many at once. */
const BATCH = 500;
/** Local fields, as ZIP keeps them: the same bytes at every time and in every time zone. */
const PACKED = { mtime: new Date(1980, 0, 1), forceDosTimestamp: true, compressionLevel: 3 };

/**
 * A workbook (Office Open XML) as a stream: rows are asked for as fast as the reader takes them, so
 * memory stays flat whatever their number. The same sheets give the same bytes. An error of the rows
 * breaks the stream off.
 */
export function workbook(
  sheets: readonly Sheet[],
  { made, sheetRows = SHEET_ROWS }: { made?: Made; sheetRows?: number } = {},
): Readable {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  const written: WrittenSheet[] = [];
  const waiting = [...sheets];
  let rows: Ahead | null = null;

  const addNext = () => {
    const sheet = waiting.shift();
    if (sheet) {
      rows = new Ahead(sheet.rows);
      addPart(sheet, rows, 1);
    } else finish();
  };
  const addPart = (sheet: Sheet, of: Ahead, part: number) => {
    written.push({ ...sheet, name: part === 1 ? sheet.name : `${sheet.name} (${part})` });
    zip.addReadStreamLazy(`xl/worksheets/sheet${written.length}.xml`, PACKED, (give) => {
      const xml = Readable.from(sheetXml(sheet, of, part), { objectMode: false });
      xml.on('error', (error) => output.destroy(error));
      give(null, xml);
    });
  };
  async function* sheetXml(sheet: Sheet, of: Ahead, part: number) {
    const { columns, total } = sheet;
    let count = 0;
    let batch = sheetStart(columns);
    const add = (cells: readonly Cell[], kind: RowKind) =>
      (batch += rowXml(cells, ++count, kind, columns));
    add(
      columns.map(({ title }) => title),
      'head',
    );
    while (count < sheetRows && !(await of.atEnd())) {
      add(of.take(), 'plain');
      if (count % BATCH === 0) {
        yield batch;
        batch = '';
      }
    }
    const filtered = `A1:${letterOf(columns.length - 1)}${count}`;
    const atEnd = await of.atEnd();
    if (atEnd && total) add(total, 'total');
    yield batch + sheetEnd(columns, filtered);
    if (atEnd) addNext();
    else addPart(sheet, of, part + 1);
  }
  const finish = () => {
    for (const [path, text] of Object.entries(partsAround(written, made))) {
      zip.addBuffer(Buffer.from(text), path, PACKED);
    }
    zip.end();
  };
  output.on('close', () => void rows?.stop());
  zip.on('error', (error: Error) => output.destroy(error));
  addNext();
  return output;
}

/** Rows of which it is known beforehand whether there is one more. */
class Ahead {
  readonly #rows: Iterator<Cell[]> | AsyncIterator<Cell[]>;
  #next: IteratorResult<Cell[]> | null = null;

  constructor(rows: Sheet['rows']) {
    this.#rows =
      Symbol.asyncIterator in rows ? rows[Symbol.asyncIterator]() : rows[Symbol.iterator]();
  }

  async atEnd(): Promise<boolean> {
    this.#next ??= await this.#rows.next();
    return this.#next.done === true;
  }

  /** After `atEnd()` has said that there is one. */
  take(): Cell[] {
    const { value } = this.#next as IteratorYieldResult<Cell[]>;
    this.#next = null;
    return value;
  }

  async stop(): Promise<void> {
    await this.#rows.return?.();
  }
}
