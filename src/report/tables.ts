import { spokenDuration } from '../procedure/local-time.ts';
import type {
  AgencyFigures,
  MonthlyFigures,
  MonthlySnapshot,
  Section,
} from '../procedure/monthly.ts';
import { totals, type Totals } from './columns.ts';
import { isDuration } from './flat-figures.ts';
import { monthTitle, shortMonth } from './month.ts';
import { nameIn, SECTIONS, sections } from './names.ts';
import { number } from '../procedure/counted.ts';
import { change, share } from './words.ts';

/** A table of the document. The first column is text, the others figures unless `prose`. */
export interface Table {
  key: 'main' | 'answers' | 'returns' | Section | 'corrections';
  title: string;
  head: string[];
  rows: string[][];
  /** The last row is the sum. */
  total: boolean;
  /** Shares of the width, in percent. */
  widths: number[];
  prose?: boolean;
}

const NONE = '–';

/** The tables of the month's document, in order (clause 14). */
export function monthlyTables(snapshot: MonthlySnapshot): Table[] {
  const { figures } = snapshot;
  return [
    mainTable(snapshot),
    byAgency('answers', 'Соблюдение срока подготовки ответов (пункт 6 Порядка)', figures, {
      columns: ANSWERS,
      widths: [20, 9, 10, 8, 10, 13, 13, 9, 8],
    }),
    byAgency(
      'returns',
      'Возвраты, доработки, недостатки и меры (пункты 5, 9, 12 и 13 Порядка)',
      figures,
      { columns: RETURNS, widths: [24, ...RETURNS.map(() => 76 / RETURNS.length)] },
    ),
    ...sections.map((section) => structureTable(snapshot, section)),
    ...(snapshot.corrections.length > 0 ? [correctionsTable(snapshot)] : []),
  ];
}

type Cell = (row: Totals | AgencyFigures) => string;
type AgencyColumns = [title: string, cell: Cell][];

const lateAnswers = (row: Totals | AgencyFigures) => row.answered - row.inTime;
const lasting = (ms: number) => (ms > 0 ? spokenDuration(ms) : NONE);

const ANSWERS: AgencyColumns = [
  ['Полу-чено пору-чений', ({ received }) => number(received)],
  ['Подго-товлено ответов', ({ answered }) => number(answered)],
  ['В срок', ({ inTime }) => number(inTime)],
  ['С опоз-данием', (row) => number(lateAnswers(row))],
  [
    'Сред-нее опоз-дание',
    (row) => lasting(lateAnswers(row) ? row.latenessMs / lateAnswers(row) : 0),
  ],
  ['Наи-боль-шее опоз-дание', ({ longestLatenessMs }) => lasting(longestLatenessMs)],
  ['Сроков нару-шено', ({ late }) => number(late)],
  ['Из них не испол-нено', ({ outstanding }) => number(outstanding)],
];

const RETURNS: AgencyColumns = [
  ['Возвра-щено', ({ returns }) => number(returns)],
  ['В срок', ({ returns, lateReturns }) => number(returns - lateReturns)],
  ['С опоз-данием', ({ lateReturns }) => number(lateReturns)],
  ['Принято возвра-тов', ({ acceptedReturns }) => number(acceptedReturns)],
  ['Дора-боток', ({ reworkRounds }) => number(reworkRounds)],
  ['Недо-статков', ({ shortcomings }) => number(shortcomings)],
  ['Пору-чений об устра-нении', ({ instructions }) => number(instructions)],
  ['Мер воздей-ствия', ({ measures }) => number(measures)],
];

function byAgency(
  key: 'answers' | 'returns',
  title: string,
  figures: MonthlyFigures,
  { columns, widths }: { columns: AgencyColumns; widths: number[] },
): Table {
  const cells = (row: Totals | AgencyFigures) => columns.map(([, cell]) => cell(row));
  return {
    key,
    title,
    // A soft hyphen breaks a heading only where it does not fit.
    head: ['Орган', ...columns.map(([name]) => name.replaceAll('-', SOFT))],
    rows: [
      ...figures.byAgency.map((row) => [row.shortName, ...cells(row)]),
      ['Всего', ...cells(totals(figures.byAgency))],
    ],
    total: true,
    widths,
  };
}

const SOFT = '\u00AD';

function mainTable({ month, figures, previous, yearBefore }: MonthlySnapshot): Table {
  const all = [figures, previous, yearBefore].map((one) => one && { ...one, ...sumOf(one) });
  const line = (name: string, of: (one: MonthlyFigures & ReturnType<typeof sumOf>) => number) => {
    const [now, before, year] = all.map((one) => (one ? of(one) : null));
    return [name, ...compared(now ?? 0, before ?? null, year ?? null)];
  };
  return {
    key: 'main',
    title: 'Основные показатели',
    head: ['Показатель', ...comparedHead(month)],
    rows: [
      line('Принято в работу сообщений', ({ messages }) => messages),
      line('Размещено ответов', (one) => one.published),
      line('Получено поручений исполнителями', ({ received }) => received),
      line('Подготовлено ответов исполнителями', (one) => one.answered),
      line('из них в срок', ({ inTime }) => inTime),
      line('из них с опозданием', (one) => one.answered - one.inTime),
      line('Возвращено поручений', ({ returns }) => returns),
      line('из них с опозданием', ({ lateReturns }) => lateReturns),
      line('Направлено на доработку', ({ reworkRounds }) => reworkRounds),
      line('Выявлено недостатков', ({ shortcomings }) => shortcomings),
      line('Применено мер дисциплинарного воздействия', ({ measures }) => measures),
    ],
    total: false,
    widths: COMPARED,
  };
}

/** The region's answers are published ones, its sums are the executors'. */
const sumOf = (one: MonthlyFigures) => ({ ...totals(one.byAgency), published: one.answered });

function structureTable(snapshot: MonthlySnapshot, section: Section): Table {
  const { month, figures, previous, yearBefore, names } = snapshot;
  const counts = figures.structure[section];
  const [before, year] = [previous?.structure[section], yearBefore?.structure[section]];
  const codes = new Set([counts, before ?? {}, year ?? {}].flatMap((one) => Object.keys(one)));
  const named = [...codes]
    .map((code) => ({ code, name: nameIn(names)(section, code), count: counts[code] ?? 0 }))
    .sort((a, b) => b.count - a.count || a.name.localeCompare(b.name, 'ru'));
  const of = (one: Record<string, number> | undefined, code: string) =>
    one === undefined ? null : (one[code] ?? 0);
  const line = (name: string, count: number, ...others: [number | null, number | null]) => {
    const [now = '', ...rest] = compared(count, ...others);
    return [name, now, share(count, figures.messages) ?? NONE, ...rest];
  };
  const [now = '', ...rest] = comparedHead(month);
  return {
    key: section,
    title: `Структура информации ${SECTIONS[section].title}`,
    head: [SECTIONS[section].one, now, 'Доля', ...rest],
    rows: [
      ...named.map(({ code, name, count }) => line(name, count, of(before, code), of(year, code))),
      line('Всего', figures.messages, previous?.messages ?? null, yearBefore?.messages ?? null),
    ],
    total: true,
    widths: [34, 11, 11, 11, 11, 11, 11],
  };
}

const COMPARED = [40, 12, 12, 12, 12, 12];
const comparedHead = (month: string): string[] => {
  const [year, number] = month.split('-').map(Number) as [number, number];
  const before = number === 1 ? `${year - 1}-12` : `${year}-${String(number - 1).padStart(2, '0')}`;
  const yearBefore = `${year - 1}-${String(number).padStart(2, '0')}`;
  return [
    shortMonth(month),
    shortMonth(before),
    'Измене-ние',
    shortMonth(yearBefore),
    'Измене-ние',
  ].map((title) => title.replaceAll('-', SOFT));
};

/** A figure, that of the month before, the change, that of a year before, the change. */
const compared = (now: number, before: number | null, year: number | null): string[] => [
  number(now),
  ...[before, year].flatMap((other) =>
    other === null ? [NONE, NONE] : [number(other), change(now, other)],
  ),
];

function correctionsTable({ corrections }: MonthlySnapshot): Table {
  return {
    key: 'corrections',
    title: 'Уточнение данных за закрытые месяцы',
    head: ['Месяц', 'Показатель', 'Было', 'Стало', 'Основание'],
    rows: corrections.map(({ month, figure, name, before, after, facts }) => {
      const shown = isDuration(figure) ? lasting : number;
      return [monthTitle(month), name, shown(before), shown(after), facts.join('; ') || NONE];
    }),
    total: false,
    widths: [14, 28, 10, 10, 38],
    prose: true,
  };
}
