import type { Column } from './cells.ts';
import { escapeXml, XML } from './xml.ts';

/** Whose workbook it is and of what time. */
export interface Made {
  by: string;
  at: Date;
}

export interface WrittenSheet {
  name: string;
  columns: readonly Column[];
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const PROPERTIES = `${PACKAGE}/metadata/core-properties`;
const SPREADSHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** A sheet up to its first row. */
export const sheetStart = (columns: readonly Column[]): string =>
  `${XML}<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>` +
  '<sheetViews><sheetView workbookViewId="0">' +
  '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
  `<cols>${columns
    .map(
      ({ width }, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`,
    )
    .join('')}</cols><sheetData>`;

/** The format's numbers of paper, and up to how many characters across can be read on A4. */
const PAPER = { A4: 9, A3: 8 };
const READABLE = 260;

/** A sheet from its last row on: its filter, and a page across, as wide as the sheet. */
export function sheetEnd(columns: readonly Column[], filtered: string): string {
  const wide = columns.reduce((sum, { width }) => sum + width, 0) > READABLE;
  return (
    `</sheetData><autoFilter ref="${filtered}"/>` +
    '<pageMargins left="0.4" right="0.4" top="0.4" bottom="0.6" header="0.3" footer="0.3"/>' +
    `<pageSetup paperSize="${wide ? PAPER.A3 : PAPER.A4}" orientation="landscape" fitToHeight="0"/>` +
    '<headerFooter><oddFooter>&amp;L&amp;A&amp;R&amp;P из &amp;N</oddFooter></headerFooter></worksheet>'
  );
}

/** The parts of the package around its sheets, by path. */
export function partsAround(sheets: readonly WrittenSheet[], made?: Made): Record<string, string> {
  const each = (xml: (number: number, sheet: WrittenSheet) => string) =>
    sheets.map((sheet, at) => xml(at + 1, sheet)).join('');
  return {
    '[Content_Types].xml':
      `${XML}<Types xmlns="${PACKAGE}/content-types">` +
      '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
      `<Default Extension="xml" ContentType="application/xml"/>` +
      `<Override PartName="/xl/workbook.xml" ContentType="${SPREADSHEET}.sheet.main+xml"/>` +
      `<Override PartName="/xl/styles.xml" ContentType="${SPREADSHEET}.styles+xml"/>` +
      (made
        ? '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        : '') +
      each(
        (n) =>
          `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${SPREADSHEET}.worksheet+xml"/>`,
      ) +
      '</Types>',
    '_rels/.rels':
      `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" ` +
      `Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/>` +
      (made
        ? `<Relationship Id="rId2" Type="${PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>`
        : '') +
      '</Relationships>',
    ...(made && { 'docProps/core.xml': propertiesXml(made) }),
    'xl/workbook.xml':
      `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>` +
      each((n, { name }) => `<sheet name="${escapeXml(name)}" sheetId="${n}" r:id="rId${n}"/>`) +
      '</sheets><definedNames>' +
      each((n, { name }) => {
        const quoted = `'${escapeXml(name.replaceAll("'", "''"))}'`;
        return `<definedName name="_xlnm.Print_Titles" localSheetId="${n - 1}">${quoted}!$1:$1</definedName>`;
      }) +
      '</definedNames></workbook>',
    'xl/_rels/workbook.xml.rels':
      `${XML}<Relationships xmlns="${PACKAGE}/relationships">` +
      each(
        (n) =>
          `<Relationship Id="rId${n}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${n}.xml"/>`,
      ) +
      `<Relationship Id="rId${sheets.length + 1}" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': STYLES,
  };
}

const propertiesXml = ({ by, at }: Made): string => {
  const instant = (name: string) =>
    `<dcterms:${name} xsi:type="dcterms:W3CDTF">${at.toISOString().slice(0, 19)}Z</dcterms:${name}>`;
  return (
    `${XML}<cp:coreProperties xmlns:cp="${PROPERTIES}" xmlns:dc="http://purl.org/dc/elements/1.1/" ` +
    'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
    `<dc:creator>${escapeXml(by)}</dc:creator><cp:lastModifiedBy>${escapeXml(by)}</cp:lastModifiedBy>` +
    `${instant('created')}${instant('modified')}</cp:coreProperties>`
  );
};

/** A look of cells: the number of its format, and whether it is the head's or a total's. */
const look = (
  format: number,
  { bold = false, head = false, across = '', wraps = true } = {},
): string =>
  `<xf numFmtId="${format}" fontId="${bold ? 1 : 0}" fillId="${head ? 2 : 0}" borderId="1" ` +
  'applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">' +
  `<alignment${across && ` horizontal="${across}"`} vertical="${head ? 'center' : 'top'}"${wraps ? ' wrapText="1"' : ''}/></xf>`;

const FORMATS = { text: 0, number: 3, day: 164, hours: 4 };
const line = (side: string) => `<${side} style="thin"><color rgb="FFC9D1DA"/></${side}>`;

/** In the order that `cells.ts` counts on. */
const LOOKS = [
  look(FORMATS.text),
  look(FORMATS.number),
  look(FORMATS.day, { across: 'center' }),
  look(FORMATS.hours),
  look(FORMATS.text, { wraps: false }),
  look(FORMATS.text, { bold: true, head: true, across: 'center' }),
  look(FORMATS.text, { bold: true }),
  look(FORMATS.number, { bold: true }),
  look(FORMATS.hours, { bold: true }),
];

const STYLES =
  `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="${FORMATS.day}" ` +
  'formatCode="dd\\.mm\\.yyyy\\ hh:mm"/></numFmts>' +
  '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>' +
  '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
  '<fills count="3"><fill><patternFill patternType="none"/></fill>' +
  '<fill><patternFill patternType="gray125"/></fill>' +
  '<fill><patternFill patternType="solid"><fgColor rgb="FFE3E8EE"/></patternFill></fill></fills>' +
  `<borders count="2"><border/><border>${['left', 'right', 'top', 'bottom'].map(line).join('')}</border></borders>` +
  '<cellStyleXfs count="1"><xf/></cellStyleXfs>' +
  `<cellXfs count="${LOOKS.length}">${LOOKS.join('')}</cellXfs></styleSheet>`;
