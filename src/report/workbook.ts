import { buffer } from 'node:stream/consumers';
import { PassThrough } from 'node:stream';
import ExcelJS from 'exceljs';
import { IANAZone } from 'luxon';
import { localTime, spokenDuration } from '../procedure/local-time.ts';
import type {
  AgencyFigures,
  MonthlyFigures,
  MonthlyRow,
  MonthlySnapshot,
  Sheet,
} from '../procedure/monthly.ts';
import { COLUMNS, columns, totals, type Totals } from './columns.ts';
import { isDuration } from './flat-figures.ts';
import { monthsBack, monthTitle, shortMonth } from './month.ts';
import { nameIn, SECTIONS, sections } from './names.ts';
import { sameZip } from './same-zip.ts';
import { SHEETS, sheets, type SheetColumn } from './sheets.ts';
import type { Compiled } from './snapshot.ts';

type Value = string | number | Date | null;

/** A sheet: the first row is the head, with a filter. */
interface Filtered {
  title: string;
  columns: { title: string; width: number; format?: string }[];
  rows: Iterable<Value[]>;
  count: number;
}

/** More do not fit into a sheet of the format. */
const MOST = 1_048_575;
const LONGEST = 32_767;
const HOURS = '0.00';
const TIME = 'dd.mm.yyyy hh:mm';
const HOUR_MS = 3_600_000;

/**
 * The month's figures and the rows that they count, XLSX (clause 14): all of them, each sheet with a
 * filter. The same snapshot and rows give the same bytes.
 */
export async function monthlyWorkbook({ snapshot, rows }: Compiled): Promise<Buffer> {
  const stream = new PassThrough();
  const written = buffer(stream);
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({
    stream,
    useStyles: true,
    useSharedStrings: false,
    // It is packed again, by sameZip.
    zip: { store: true },
  });
  workbook.created = workbook.modified = new Date(snapshot.at);
  workbook.creator = workbook.lastModifiedBy = snapshot.region;
  for (const one of [
    regionSheet(snapshot),
    agencySheet(snapshot.figures),
    structureSheet(snapshot),
    correctionsSheet(snapshot),
  ]) {
    write(workbook, one);
  }
  for (const sheet of sheets) {
    const local = localTimes(snapshot.zone);
    for (let part = 0; part === 0 || part * MOST < rows[sheet].length; part++) {
      const shown = rows[sheet].slice(part * MOST, (part + 1) * MOST);
      write(workbook, rowsSheet(sheet, shown, part, local));
    }
  }
  await workbook.commit();
  return sameZip(await written);
}

function write(workbook: ExcelJS.stream.xlsx.WorkbookWriter, one: Filtered): void {
  const sheet = workbook.addWorksheet(one.title, {
    views: [{ state: 'frozen', ySplit: 1 }],
    pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToHeight: 0 },
  });
  sheet.columns = one.columns.map(({ width, format }) => ({
    width,
    style: format ? { numFmt: format } : {},
  }));
  sheet.autoFilter = {
    from: { row: 1, column: 1 },
    to: { row: 1 + one.count, column: one.columns.length },
  };
  const head = sheet.addRow(one.columns.map(({ title }) => title));
  head.eachCell((cell) => {
    cell.font = { name: 'Calibri', size: 11, bold: true };
    cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFE3E8EE' } };
    cell.alignment = { vertical: 'middle', wrapText: true };
  });
  head.height = 48;
  head.commit();
  for (const row of one.rows) sheet.addRow(row).commit();
  sheet.commit();
}

function regionSheet({
  month,
  at,
  zone,
  preliminary,
  figures,
  previous,
  yearBefore,
}: MonthlySnapshot): Filtered {
  const line = (name: string, of: (one: MonthlyFigures) => number): Value[] => [
    name,
    ...compared(of(figures), previous && of(previous), yearBefore && of(yearBefore)),
  ];
  const rows: Value[][] = [
    line('Принято в работу сообщений', ({ messages }) => messages),
    line('Размещено ответов', ({ answered }) => answered),
    ...columns.map((column) => line(COLUMNS[column], ({ byAgency }) => totals(byAgency)[column])),
    ['По состоянию на', localTime(new Date(at), zone), null, null, null, null],
    ...(preliminary
      ? [['Данные предварительные: месяц не закрыт', null, null, null, null, null]]
      : []),
  ];
  return {
    title: 'Сводка',
    columns: [{ title: 'Показатель', width: 44 }, ...comparedColumns(month)],
    rows,
    count: rows.length,
  };
}

function agencySheet({ byAgency }: MonthlyFigures): Filtered {
  const cells = (row: AgencyFigures | Totals): Value[] => {
    const late = row.answered - row.inTime;
    return [
      ...columns.map((column) => row[column]),
      late,
      late === 0 ? null : row.latenessMs / late / HOUR_MS,
      late === 0 ? null : row.longestLatenessMs / HOUR_MS,
    ];
  };
  const rows = [
    ...byAgency.map((row) => [row.name, ...cells(row)]),
    ['Всего', ...cells(totals(byAgency))],
  ];
  return {
    title: 'Органы',
    columns: [
      { title: 'Орган исполнительной власти', width: 90 },
      ...columns.map((column) => ({ title: COLUMNS[column], width: 16 })),
      { title: 'Подготовлено с опозданием', width: 16 },
      { title: 'Среднее опоздание, ч', width: 14, format: HOURS },
      { title: 'Наибольшее опоздание, ч', width: 14, format: HOURS },
    ],
    // The filter must not take the sum for an agency.
    rows,
    count: byAgency.length,
  };
}

function structureSheet(snapshot: MonthlySnapshot): Filtered {
  const { month, figures, previous, yearBefore, names } = snapshot;
  const rows = sections.flatMap((section) => {
    const all = [figures, previous, yearBefore].map((one) => one?.structure[section] ?? null);
    const codes = [...new Set(all.flatMap((one) => Object.keys(one ?? {})))];
    return codes
      .map((code) => ({
        name: nameIn(names)(section, code),
        counts: all.map((one) => one && (one[code] ?? 0)),
      }))
      .sort((a, b) => (b.counts[0] ?? 0) - (a.counts[0] ?? 0) || a.name.localeCompare(b.name, 'ru'))
      .map(({ name, counts: [now, before, year] }): Value[] => [
        SECTIONS[section].one,
        name,
        ...compared(now ?? 0, before ?? null, year ?? null),
      ]);
  });
  return {
    title: 'Структура',
    columns: [
      { title: 'Признак', width: 28 },
      { title: 'Значение', width: 48 },
      ...comparedColumns(month),
    ],
    rows,
    count: rows.length,
  };
}

function correctionsSheet({ corrections, zone }: MonthlySnapshot): Filtered {
  const local = localTimes(zone);
  const shown = (figure: string, value: number): Value =>
    isDuration(figure) && value > 0 ? spokenDuration(value) : value;
  return {
    title: 'Уточнения',
    columns: [
      { title: 'Месяц', width: 20 },
      { title: 'Показатель', width: 50 },
      { title: 'Было', width: 14 },
      { title: 'Стало', width: 14 },
      { title: 'Основание', width: 90 },
      { title: 'Установлено', width: 18, format: TIME },
    ],
    rows: corrections.map((one) => [
      monthTitle(one.month),
      one.name,
      shown(one.figure, one.before),
      shown(one.figure, one.after),
      one.facts.join('; '),
      local(one.foundAt),
    ]),
    count: corrections.length,
  };
}

function rowsSheet(
  sheet: Sheet,
  rows: MonthlyRow[],
  part: number,
  local: (iso: string) => Date,
): Filtered {
  const { title, columns } = SHEETS[sheet];
  return {
    title: part === 0 ? title : `${title} (${part + 1})`,
    columns: [
      ...columns.map(({ title, width, kind }) => ({
        title: kind === 'span' ? `${title}, ч` : title,
        width,
        ...(FORMATS[kind] && { format: FORMATS[kind] }),
      })),
      { title: 'Номер записи', width: 38 },
    ],
    rows: (function* () {
      for (const row of rows)
        yield [...columns.map((column) => valueOf(column, row, local)), row.id];
    })(),
    count: rows.length,
  };
}

const FORMATS: Partial<Record<SheetColumn['kind'], string>> = { time: TIME, span: HOURS };

function valueOf({ key, kind }: SheetColumn, row: MonthlyRow, local: (iso: string) => Date): Value {
  const value = row[key] ?? null;
  if (value === null) return null;
  if (kind === 'time') return local(String(value));
  if (kind === 'span') return Number(value) / HOUR_MS;
  if (kind === 'flag') return value === true ? 'да' : 'нет';
  return typeof value === 'number' ? value : String(value).slice(0, LONGEST);
}

/** Instants as the zone's clocks show them: the format knows no zones. */
function localTimes(zoneName: string): (iso: string) => Date {
  const zone = IANAZone.create(zoneName);
  const offsets = new Map<number, number>();
  return (iso) => {
    const at = Date.parse(iso);
    const hour = Math.floor(at / HOUR_MS);
    const offset = offsets.get(hour) ?? zone.offset(hour * HOUR_MS);
    offsets.set(hour, offset);
    return new Date(at + offset * 60_000);
  };
}

const comparedColumns = (month: string) => [
  { title: shortMonth(month), width: 16 },
  { title: shortMonth(monthsBack(month, 1)), width: 16 },
  { title: 'Изменение к предыдущему месяцу', width: 18 },
  { title: shortMonth(monthsBack(month, 12)), width: 16 },
  { title: 'Изменение к тому же месяцу прошлого года', width: 22 },
];

const compared = (now: number, before: number | null, year: number | null): Value[] => [
  now,
  before,
  before === null ? null : now - before,
  year,
  year === null ? null : now - year,
];
