import type { Readable } from 'node:stream';
import { serialDays, type Cell, type Column } from '../office/cells.ts';
import { workbook, type Sheet as Shown } from '../office/workbook.ts';
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
import { SHEETS, sheets, type SheetColumn } from './sheets.ts';
import type { Compiled } from './snapshot.ts';

const HOUR_MS = 3_600_000;

type Clock = ReturnType<typeof serialDays>;

/**
 * The month's figures and the rows that they count, XLSX (clause 14): all of them, each sheet with a
 * filter. The same snapshot and rows give the same bytes.
 */
export function monthlyWorkbook({ snapshot, rows }: Compiled): Readable {
  const local = serialDays(snapshot.zone);
  return workbook(
    [
      regionSheet(snapshot),
      agencySheet(snapshot.figures),
      structureSheet(snapshot),
      correctionsSheet(snapshot, local),
      ...sheets.map((sheet) => rowsSheet(sheet, rows[sheet], local)),
    ],
    { made: { by: snapshot.region, at: new Date(snapshot.at) } },
  );
}

function regionSheet({
  month,
  at,
  zone,
  preliminary,
  figures,
  previous,
  yearBefore,
}: MonthlySnapshot): Shown {
  const line = (name: string, of: (one: MonthlyFigures) => number): Cell[] => [
    name,
    ...compared(of(figures), previous && of(previous), yearBefore && of(yearBefore)),
  ];
  const rows: Cell[][] = [
    line('Принято в работу сообщений', ({ messages }) => messages),
    line('Размещено ответов', ({ answered }) => answered),
    ...columns.map((column) => line(COLUMNS[column], ({ byAgency }) => totals(byAgency)[column])),
    ['По состоянию на', localTime(new Date(at), zone), null, null, null, null],
    ...(preliminary
      ? [['Данные предварительные: месяц не закрыт', null, null, null, null, null]]
      : []),
  ];
  return {
    name: 'Сводка',
    columns: [{ title: 'Показатель', width: 44 }, ...comparedColumns(month)],
    rows,
  };
}

function agencySheet({ byAgency }: MonthlyFigures): Shown {
  const cells = (row: AgencyFigures | Totals): Cell[] => {
    const late = row.answered - row.inTime;
    return [
      ...columns.map((column) => row[column]),
      late,
      late === 0 ? null : { hours: row.latenessMs / late / HOUR_MS },
      late === 0 ? null : { hours: row.longestLatenessMs / HOUR_MS },
    ];
  };
  return {
    name: 'Органы',
    columns: [
      { title: 'Орган исполнительной власти', width: 48 },
      ...columns.map((column) => ({ title: COLUMNS[column], width: 14 })),
      { title: 'Подготовлено с опозданием', width: 14 },
      { title: 'Среднее опоздание, ч', width: 14 },
      { title: 'Наибольшее опоздание, ч', width: 14 },
    ],
    rows: byAgency.map((row) => [row.name, ...cells(row)]),
    total: ['Всего', ...cells(totals(byAgency))],
  };
}

function structureSheet(snapshot: MonthlySnapshot): Shown {
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
      .map(({ name, counts: [now, before, year] }): Cell[] => [
        SECTIONS[section].one,
        name,
        ...compared(now ?? 0, before ?? null, year ?? null),
      ]);
  });
  return {
    name: 'Структура',
    columns: [
      { title: 'Признак', width: 28 },
      { title: 'Значение', width: 48 },
      ...comparedColumns(month),
    ],
    rows,
  };
}

function correctionsSheet({ corrections }: MonthlySnapshot, local: Clock): Shown {
  const shown = (figure: string, value: number): Cell =>
    isDuration(figure) && value > 0 ? spokenDuration(value) : value;
  return {
    name: 'Уточнения',
    columns: [
      { title: 'Месяц', width: 20 },
      { title: 'Показатель', width: 50 },
      { title: 'Было', width: 14 },
      { title: 'Стало', width: 14 },
      { title: 'Основание', width: 90 },
      { title: 'Установлено', width: 18 },
    ],
    rows: corrections.map((one) => [
      monthTitle(one.month),
      one.name,
      shown(one.figure, one.before),
      shown(one.figure, one.after),
      one.facts.join('; '),
      local(new Date(one.foundAt)),
    ]),
  };
}

function rowsSheet(sheet: Sheet, rows: MonthlyRow[], local: Clock): Shown {
  const { title, columns } = SHEETS[sheet];
  return {
    name: title,
    columns: [
      ...columns.map(({ title, width, kind }) => ({
        title: kind === 'span' ? `${title}, ч` : title,
        width,
        link: kind === 'link',
      })),
      { title: 'Номер записи', width: 38, link: true },
    ],
    rows: (function* () {
      for (const row of rows)
        yield [...columns.map((column) => valueOf(column, row, local)), row.id];
    })(),
  };
}

function valueOf({ key, kind }: SheetColumn, row: MonthlyRow, local: Clock): Cell {
  const value = row[key] ?? null;
  if (value === null) return null;
  if (kind === 'time') return local(new Date(String(value)));
  if (kind === 'span') return { hours: Number(value) / HOUR_MS };
  if (kind === 'flag') return value === true ? 'да' : 'нет';
  return typeof value === 'number' ? value : String(value);
}

const comparedColumns = (month: string): Column[] => [
  { title: shortMonth(month), width: 16 },
  { title: shortMonth(monthsBack(month, 1)), width: 16 },
  { title: 'Изменение к предыдущему месяцу', width: 18 },
  { title: shortMonth(monthsBack(month, 12)), width: 16 },
  { title: 'Изменение к тому же месяцу прошлого года', width: 22 },
];

const compared = (now: number, before: number | null, year: number | null): Cell[] => [
  now,
  before,
  before === null ? null : now - before,
  year,
  year === null ? null : now - year,
];
