import { DateTime } from 'luxon';
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';

/** A cell: text, a number, an instant as the region's clock shows it (a serial day), or nothing. */
export type Cell = string | number | { day: number } | null;

export interface Column {
  title: string;
  /** In characters. */
  width: number;
}

/** Excel takes so many rows a sheet; what is beyond goes on in the next. */
const SHEET_ROWS = 1_048_576;

/**
 * A workbook (Office Open XML) as a stream: rows are asked for as fast as the reader takes them, so
 * memory stays flat whatever their number. At most 26 columns. An error of `rows` breaks the stream off.
 */
export function workbook(
  name: string,
  columns: readonly Column[],
  rows: AsyncIterable<Cell[]>,
  sheetRows = SHEET_ROWS,
): Readable {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  const iterator = rows[Symbol.asyncIterator]();
  let sheets = 0;
  let ahead: IteratorResult<Cell[]> | null = null;

  const fail = (error: Error) => output.destroy(error);
  const addSheet = () => {
    sheets += 1;
    zip.addReadStreamLazy(`xl/worksheets/sheet${sheets}.xml`, (give) => {
      const sheet = Readable.from(sheetXml(), { objectMode: false });
      sheet.on('error', fail);
      give(null, sheet);
    });
  };
  async function* sheetXml(): AsyncGenerator<string> {
    yield HEAD + columnsXml(columns) + '<sheetData>';
    yield rowXml(
      columns.map(({ title }) => title),
      1,
      1,
    );
    let part: string[] = [];
    let count = 1;
    ahead ??= await iterator.next();
    while (!ahead.done && count < sheetRows) {
      count += 1;
      part.push(rowXml(ahead.value, count, 0));
      if (part.length === 500) {
        yield part.join('');
        part = [];
      }
      ahead = await iterator.next();
    }
    yield `${part.join('')}</sheetData></worksheet>`;
    if (ahead.done) finish();
    else addSheet();
  }
  const finish = () => {
    for (const [path, text] of Object.entries(frame(name, sheets))) {
      zip.addBuffer(Buffer.from(text), path);
    }
    zip.end();
  };
  output.on('close', () => void iterator.return?.());
  zip.on('error', fail);
  addSheet();
  return output;
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const SPREADSHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const HEAD =
  `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">` +
  '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>';

const columnsXml = (columns: readonly Column[]): string =>
  `<cols>${columns
    .map(
      ({ width }, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`,
    )
    .join('')}</cols>`;

/** `style` 1 is the head of a column; 2 of a cell is an instant. */
function rowXml(cells: readonly Cell[], row: number, style: number): string {
  const xml = cells.map((cell, at) => {
    const place = `r="${String.fromCharCode(65 + at)}${row}"`;
    if (cell === null) return '';
    if (typeof cell === 'number') return `<c ${place}><v>${cell}</v></c>`;
    if (typeof cell === 'object') return `<c ${place} s="2"><v>${cell.day}</v></c>`;
    return `<c ${place} s="${style}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(cell)}</t></is></c>`;
  });
  return `<row r="${row}">${xml.join('')}</row>`;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Control characters and halves of surrogate pairs have no place in XML. */
const escapeXml = (text: string): string =>
  text
    .toWellFormed()
    // eslint-disable-next-line no-control-regex -- these are what is to go
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '')
    .replace(/[&<>]/g, (sign) => ENTITIES[sign] ?? sign);

/** The parts of the package around its sheets, by path. */
function frame(name: string, sheets: number): Record<string, string> {
  const each = (xml: (number: number) => string) =>
    Array.from({ length: sheets }, (_, at) => xml(at + 1)).join('');
  return {
    '[Content_Types].xml':
      `${XML}<Types xmlns="${PACKAGE}/content-types">` +
      '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
      `<Default Extension="xml" ContentType="application/xml"/>` +
      `<Override PartName="/xl/workbook.xml" ContentType="${SPREADSHEET}.sheet.main+xml"/>` +
      `<Override PartName="/xl/styles.xml" ContentType="${SPREADSHEET}.styles+xml"/>` +
      each(
        (n) =>
          `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${SPREADSHEET}.worksheet+xml"/>`,
      ) +
      '</Types>',
    '_rels/.rels':
      `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" ` +
      `Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml':
      `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>` +
      each((n) => {
        const title = escapeXml(sheets > 1 ? `${name} ${n}` : name).replaceAll('"', '&quot;');
        return `<sheet name="${title}" sheetId="${n}" r:id="rId${n}"/>`;
      }) +
      '</sheets></workbook>',
    'xl/_rels/workbook.xml.rels':
      `${XML}<Relationships xmlns="${PACKAGE}/relationships">` +
      each(
        (n) =>
          `<Relationship Id="rId${n}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${n}.xml"/>`,
      ) +
      `<Relationship Id="rId${sheets + 1}" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml':
      `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" ` +
      'formatCode="dd\\.mm\\.yyyy\\ hh:mm"/></numFmts>' +
      '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>' +
      '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
      '<fills count="2"><fill><patternFill patternType="none"/></fill>' +
      '<fill><patternFill patternType="gray125"/></fill></fills>' +
      '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>' +
      '<cellXfs count="3"><xf/><xf fontId="1" applyFont="1"/>' +
      '<xf numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>',
  };
}

/** Days since 30.12.1899 by the clock of `zone`, as a workbook counts them. */
export function serialDay(at: Date | null, zone: string): Cell {
  if (at === null) return null;
  const offset = DateTime.fromJSDate(at, { zone }).offset * 60_000;
  return { day: (at.getTime() + offset) / 86_400_000 + 25_569 };
}
