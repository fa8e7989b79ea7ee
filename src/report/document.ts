import {
  AlignmentType,
  Document,
  Header,
  ImageRun,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  Table as DocxTable,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
  convertMillimetersToTwip as mm,
  type IParagraphOptions,
} from 'docx';
import { signature } from '../office/signature.ts';
import { unbroken } from '../office/unbroken.ts';
import type { MonthlySnapshot } from '../procedure/monthly.ts';
import { monthlyCharts, type Chart } from './charts.ts';
import { workbookName } from './file-names.ts';
import { monthTitle, periodOf } from './month.ts';
import { prose, stateOf } from './prose.ts';
import { sameZip } from './same-zip.ts';
import { monthlyTables, type Table } from './tables.ts';
import { dative } from './words.ts';

/** Half-points. */
const TEXT = 28;
const SMALL = 20;
const SMALLEST = 18;
const FONT = 'Times New Roman';
/** Of the page between the margins of GOST R 7.0.97-2016. */
const WIDTH = mm(210 - 30 - 10);
const LINE = { line: 360, lineRule: LineRuleType.AUTO };
/** A table of so many lines does not go over a page. */
const KEPT_TOGETHER = 12;
const BETWEEN = { before: 240, after: 120 };

/** The month's summary as an official document, DOCX (clause 14): the same snapshot, the same bytes. */
export async function monthlyDocument(snapshot: MonthlySnapshot): Promise<Buffer> {
  const document = new Document({
    title: `Сводные данные за ${monthTitle(snapshot.month)}`,
    creator: snapshot.region,
    lastModifiedBy: snapshot.region,
    styles: {
      default: { document: { run: { font: FONT, size: TEXT, language: { value: 'ru-RU' } } } },
    },
    sections: [
      {
        properties: {
          titlePage: true,
          page: {
            size: { width: mm(210), height: mm(297) },
            margin: { left: mm(30), right: mm(10), top: mm(20), bottom: mm(20), header: mm(10) },
          },
        },
        headers: {
          default: new Header({
            children: [centred([new TextRun({ children: [PageNumber.CURRENT], size: 24 })])],
          }),
          first: new Header({ children: [new Paragraph('')] }),
        },
        children: [
          ...addressee(snapshot),
          ...title(snapshot),
          ...prose(snapshot).map(body),
          body(stateOf(snapshot)),
          ...tablesAndPictures(snapshot),
          ...attachment(snapshot),
          ...signature(snapshot.signer, { width: WIDTH, size: TEXT }),
        ],
      },
    ],
  });
  return sameZip(await Packer.toBuffer(document), settled(snapshot));
}

/** What the library makes anew each time: the instant of writing, and numbers that count on. */
function settled({ at }: MonthlySnapshot) {
  return (name: string, text: string): string => {
    if (name === 'docProps/core.xml') {
      return text.replace(
        /(<dcterms:\w+ xsi:type="dcterms:W3CDTF">)[^<]*/g,
        `$1${at.slice(0, 19)}Z`,
      );
    }
    if (name !== 'word/document.xml') return text;
    let pictures = 0;
    return text.replace(/(<wp:docPr id=")[^"]*/g, (_, start: string) => `${start}${++pictures}`);
  };
}

function addressee({ addressee: post }: MonthlySnapshot): Paragraph[] {
  return [
    new Paragraph({
      indent: { left: mm(80) },
      spacing: { after: 480 },
      children: [new TextRun(dative(post) ?? post)],
    }),
  ];
}

function title({ month, region, preliminary }: MonthlySnapshot): Paragraph[] {
  const bold = (text: string, after = 0) =>
    centred([new TextRun({ text, bold: true })], { spacing: { after }, keepNext: true });
  return [
    bold('СВОДНЫЕ ДАННЫЕ'),
    bold(
      'о соблюдении исполнителями требований Порядка организации работы органов исполнительной власти с общедоступной информацией, размещенной в социальных сетях, и о структуре информации',
    ),
    bold(`(${region})`),
    bold(`за период ${periodOf(month)}`, preliminary ? 0 : 360),
    ...(preliminary ? [bold('(предварительные)', 360)] : []),
  ];
}

const centred = (children: IParagraphOptions['children'], over: IParagraphOptions = {}) =>
  new Paragraph({ alignment: AlignmentType.CENTER, ...over, ...(children && { children }) });

const body = (text: string): Paragraph =>
  new Paragraph({
    alignment: AlignmentType.BOTH,
    indent: { firstLine: mm(12.5) },
    spacing: LINE,
    children: [new TextRun(unbroken(text))],
  });

function tablesAndPictures(snapshot: MonthlySnapshot): (Paragraph | DocxTable)[] {
  const charts = monthlyCharts(snapshot);
  const drawn: Chart[] = [];
  return monthlyTables(snapshot).flatMap((table, index) => {
    const chart = charts.find(({ key }) => key === table.key);
    if (chart) drawn.push(chart);
    return [...tableOf(table, index + 1), ...(chart ? pictureOf(chart, drawn.length) : [])];
  });
}

function tableOf({ title, head, rows, total, widths, prose }: Table, order: number) {
  const isShort = rows.length <= KEPT_TOGETHER;
  const line = (cells: string[], { heading = false, bold = false, last = false }) =>
    new TableRow({
      tableHeader: heading,
      cantSplit: true,
      children: cells.map(
        (text, column) =>
          new TableCell({
            width: { size: Math.round((WIDTH * (widths[column] ?? 0)) / 100), type: WidthType.DXA },
            verticalAlign: heading ? VerticalAlign.CENTER : VerticalAlign.TOP,
            margins: { left: 60, right: 60, top: 20, bottom: 20 },
            children: [
              new Paragraph({
                keepNext: isShort && !last,
                alignment:
                  column === 0 && !heading ? AlignmentType.LEFT : alignmentOf(heading, prose),
                children: [
                  new TextRun({ text: unbroken(text), size: heading ? SMALLEST : SMALL, bold }),
                ],
              }),
            ],
          }),
      ),
    });
  return [
    new Paragraph({
      spacing: BETWEEN,
      keepNext: true,
      children: [new TextRun(`Таблица ${order} – ${title}`)],
    }),
    new DocxTable({
      layout: TableLayoutType.FIXED,
      width: { size: WIDTH, type: WidthType.DXA },
      columnWidths: widths.map((share) => Math.round((WIDTH * share) / 100)),
      rows: [
        line(head, { heading: true }),
        ...rows.map((row, index) => {
          const last = index === rows.length - 1;
          return line(row, { bold: total && last, last });
        }),
      ],
    }),
  ];
}

const alignmentOf = (heading: boolean, prose: boolean | undefined) =>
  heading || !prose ? AlignmentType.CENTER : AlignmentType.LEFT;

function pictureOf({ png, width, height, title }: Chart, order: number): Paragraph[] {
  const image = new ImageRun({
    type: 'png',
    data: png,
    transformation: { width, height },
    altText: { name: `Рисунок ${order}`, title, description: title },
  });
  return [
    centred([image], { spacing: { before: 360 }, keepNext: true }),
    centred([new TextRun(`Рисунок ${order} – ${title}`)], { spacing: { before: 120, after: 240 } }),
  ];
}

function attachment({ month }: MonthlySnapshot): Paragraph[] {
  return [
    new Paragraph({
      spacing: { before: 480 },
      indent: { left: mm(32), hanging: mm(32) },
      children: [
        new TextRun(
          `Приложение: сведения, по которым рассчитаны показатели, в электронном виде (файл «${workbookName(month)}»).`,
        ),
      ],
    }),
  ];
}
