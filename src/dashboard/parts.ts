import type { Tx } from '../db/data-source.ts';
import { COUNTS } from './columns.ts';
import { DIMENSIONS, type Dimension, type Filters } from './filters.ts';
import { Parameters } from './narrowing.ts';
import { spreadOf, type Spread } from './spread.ts';

/** Counts of a period. Those of the clauses: how many clocks were decided in it, how many too late. */
export interface Counts {
  received: number;
  answered: number;
  /** Clause 5: every return, and those after the window. */
  returns: number;
  returnsLate: number;
  /** Rounds of rework begun. */
  rework: number;
  shortcomings: number;
  clause6: number;
  clause6Late: number;
  clause8: number;
  clause8Late: number;
  clause9: number;
  clause9Late: number;
}

/** By what figures are told apart: the whole, agencies, time, or a dimension. */
export interface Group {
  scopes: readonly string[];
  by: 'nothing' | 'scope' | 'day' | 'week' | 'month' | Dimension;
  /** Whether to read how long answers took, too. */
  timed: boolean;
}

/** What was counted of one of them. */
export interface Part extends Counts {
  key: string;
  spreads: Spread[];
}

/** A month that is over and counted up, and by which counting. */
export interface Month {
  month: string;
  counting: string;
}

/** What was read of whole months, for as long as nobody counts them anew. */
export type KeptMonths = Map<string, readonly Part[]>;

const MOST_KEPT = 5_000;
const DAY_MS = 86_400_000;

const nameOf = (column: string) => column.replace('_late', 'Late') as keyof Counts;
export const NAMES = COUNTS.map(nameOf);

/** The whole months of a period that are counted up: their days need not be. */
export const wholeMonths = (tx: Tx, { from, to }: Filters): Promise<Month[]> =>
  // The transaction that wrote a row tells the countings apart.
  tx.query<Month[]>(
    `select month::text, xmin::text as counting from figure_month
     where scope = '*' and grp = ${groupOf(new Set())}
       and month >= $1 and month + interval '1 month' <= $2::date + 1 order by month`,
    [from, to],
  );

/** The parts of a period: of its whole months and, day by day, of what lies in none of them. */
export async function partsOf(
  tx: Tx,
  group: Group,
  filters: Filters,
  months: readonly Month[],
  kept: KeptMonths,
): Promise<Part[]> {
  const codes = DIMENSIONS.map((dimension) => filters[dimension] ?? null);
  const keyed = months.map(({ month, counting }) => ({
    month,
    key: JSON.stringify([group, codes, month, counting]),
  }));
  const missing = keyed.filter(({ key }) => !kept.has(key)).map(({ month }) => month);
  const [days, read] = await Promise.all([
    readDays(tx, group, filters, months),
    missing.length === 0 ? [] : readMonths(tx, group, filters, missing),
  ]);
  const parts = keyed.flatMap(({ month, key }) => {
    const found = kept.get(key) ?? read.filter((part) => part.month === month);
    kept.delete(key);
    kept.set(key, found);
    return found;
  });
  for (const oldest of kept.keys()) if (kept.size > MOST_KEPT) kept.delete(oldest);
  return summedUp([...parts, ...days]);
}

function summedUp(parts: readonly Part[]): Part[] {
  const sums = new Map<string, Part>();
  for (const part of parts) {
    const sum = sums.get(part.key);
    if (sum) {
      for (const name of NAMES) sum[name] += part[name];
      sum.spreads.push(...part.spreads);
    } else sums.set(part.key, { ...part, spreads: [...part.spreads] });
  }
  return [...sums.values()];
}

/** PostgreSQL's grouping() of the rows that tell apart these dimensions and no others. */
function groupOf(told: ReadonlySet<Dimension>): number {
  return DIMENSIONS.reduce((bits, dimension) => bits * 2 + (told.has(dimension) ? 0 : 1), 0);
}

function conditions({ scopes, by }: Group, filters: Filters, parameters: Parameters): string {
  const told = new Set(DIMENSIONS.filter((it) => filters[it] !== undefined || it === by));
  return [
    `scope = any(${parameters.add(scopes)}) and grp = ${groupOf(told)}`,
    ...DIMENSIONS.filter((it) => filters[it] !== undefined).map(
      (it) => `${it} = ${parameters.add(filters[it])}`,
    ),
  ].join(' and ');
}

type Row = Counts & { key: string; minutes: string | null; times: string | null };

const toPart = <Read extends Row>({ minutes, times, ...counts }: Read) => ({
  ...counts,
  spreads: minutes === null ? [] : [spreadOf(minutes, times)],
});

const SUMS = COUNTS.map((column) => `sum(${column})::int as "${nameOf(column)}"`).join(', ');
const joined = (column: string) => `string_agg(array_to_string(${column}, ','), ',') as ${column}`;
const spread = ({ timed }: Group) =>
  timed ? `${joined('minutes')}, ${joined('times')}` : 'null::text as minutes, null::text as times';

/** A key in `table`, whose rows are of the day or month in the column `at`. */
const keyIn = ({ by }: Group, at: 'day' | 'month'): string => {
  if (by === 'nothing') return `''`;
  if (by === 'day' || by === 'week' || by === 'month') {
    return `date_trunc('${by}', ${at}::timestamp)::date::text`;
  }
  return by;
};

async function readDays(
  tx: Tx,
  group: Group,
  filters: Filters,
  months: readonly Month[],
): Promise<Part[]> {
  const parameters = new Parameters();
  const wanted = conditions(group, filters, parameters);
  // An array, so that each day is found by the index and no other is looked at.
  const days = parameters.add(daysOutside(filters, months));
  const rows = await tx.query<Row[]>(
    `select ${keyIn(group, 'day')} as key, ${SUMS}, ${spread(group)} from figure_day
     where ${wanted} and day = any(${days}::date[])
     group by 1`,
    parameters.values,
  );
  return rows.map(toPart);
}

/** The days of the period that lie in none of the months. */
function daysOutside({ from, to }: Filters, months: readonly Month[]): string[] {
  const counted = new Set(months.map(({ month }) => month.slice(0, 7)));
  const days: string[] = [];
  for (let at = Date.parse(from); at <= Date.parse(to); at += DAY_MS) {
    const day = new Date(at).toISOString().slice(0, 10);
    if (!counted.has(day.slice(0, 7))) days.push(day);
  }
  return days;
}

async function readMonths(
  tx: Tx,
  group: Group,
  filters: Filters,
  months: readonly string[],
): Promise<(Part & { month: string })[]> {
  const parameters = new Parameters();
  const wanted = conditions(group, filters, parameters);
  const rows = await tx.query<(Row & { month: string })[]>(
    `select month::text, ${keyIn(group, 'month')} as key, ${SUMS}, ${spread(group)}
     from figure_month where ${wanted} and month = any(${parameters.add(months)}::date[])
     group by month, key`,
    parameters.values,
  );
  return rows.map(toPart);
}
