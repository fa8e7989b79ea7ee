import type { Tx } from '../db/data-source.ts';
import { COUNTS } from './columns.ts';
import { bucketOf, DIMENSIONS, type Dimension, type Filters } from './filters.ts';
import { Parameters } from './narrowing.ts';
import { percentiles, withPercentiles, type Percentiles, type Spread } from './percentiles.ts';
import type { Scope } from './scope.ts';

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

/** Counts, and the working minutes that answers took. */
export type Figures = Counts & Percentiles;

/** The figures of a day, week or month, by its first day. */
export type TrendPoint = Figures & { start: string };
/** The figures of an agency, by its code. */
export type AgencyShare = Figures & { code: string };
/** The counts of a network, topic or municipality, by its code. */
export type Share = Counts & { code: string };

export interface PeriodFigures {
  total: Figures;
  bucket: 'day' | 'week' | 'month';
  trend: TrendPoint[];
  agency: AgencyShare[];
  network: Share[];
  topic: Share[];
  municipality: Share[];
}

const nameOf = (column: string) => column.replace('_late', 'Late') as keyof Counts;

const NAMES = COUNTS.map(nameOf);

const SUMS = COUNTS.map((column) => `coalesce(sum(${column}), 0)::int as "${nameOf(column)}"`).join(
  ', ',
);

const NONE: Figures = {
  ...(Object.fromEntries(NAMES.map((name) => [name, 0])) as unknown as Counts),
  median: null,
  ninetieth: null,
};

/** The figures of the days of `filters`, counted up from the daily ones. */
export async function periodFigures(
  tx: Tx,
  scope: Scope,
  filters: Filters,
): Promise<PeriodFigures> {
  const bucket = bucketOf(filters);
  const by = (dimension: Dimension) => byDimension(tx, scope, filters, dimension);
  const [overTime, agency, network, topic, municipality] = await Promise.all([
    trend(tx, scope, filters, bucket),
    byAgency(tx, scope, filters),
    by('network'),
    by('topic'),
    by('municipality'),
  ]);
  return {
    total: overTime.total,
    bucket,
    trend: overTime.points,
    agency,
    network,
    topic,
    municipality,
  };
}

/** The counts of the whole period only. */
export async function periodCounts(tx: Tx, scope: Scope, filters: Filters): Promise<Counts> {
  const parameters = new Parameters();
  const rows = rowsOf([scope.key], filters, parameters);
  const [counts] = await tx.query<Counts[]>(`select ${SUMS} ${rows}`, parameters.values);
  return counts!;
}

/** PostgreSQL's grouping() of the rows that tell apart these dimensions and no others. */
function groupOf(told: ReadonlySet<Dimension>): number {
  return DIMENSIONS.reduce((bits, dimension) => bits * 2 + (told.has(dimension) ? 0 : 1), 0);
}

/**
 * Whole months that are over, if they may be counted as such, and the days that lie in none of them;
 * a month stands under its first day.
 */
function rowsOf(
  scopes: readonly string[],
  filters: Filters,
  parameters: Parameters,
  { also = null, months = true }: { also?: Dimension | null; months?: boolean } = {},
): string {
  const told = new Set(DIMENSIONS.filter((it) => filters[it] !== undefined || it === also));
  const [from, to] = [parameters.add(filters.from), parameters.add(filters.to)];
  const wanted = [
    `scope = any(${parameters.add(scopes)}) and grp = ${groupOf(told)}`,
    ...DIMENSIONS.filter((it) => filters[it] !== undefined).map(
      (it) => `${it} = ${parameters.add(filters[it])}`,
    ),
  ].join(' and ');
  const days = `select day, ${ROW} from figure_day where ${wanted} and day`;
  if (!months) return `from (${days} between ${from} and ${to}) counted`;
  const whole = `month >= ${from} and month + interval '1 month' <= ${to}::date + 1`;
  // The days are an array, so that each is found by the index and no other is looked at.
  return `from (
    select month as day, ${ROW} from figure_month where ${wanted} and ${whole}
    union all ${days} = any(array(
      select day::date from generate_series(${from}::date, ${to}::date, '1 day') day
      where date_trunc('month', day::timestamp) not in (
        select month from figure_month where scope = '*' and grp = 7 and ${whole})))) counted`;
}

const ROW = ['scope', ...DIMENSIONS, ...COUNTS, 'minutes', 'times'].join(', ');
/** The minutes of answers, and how many took each: a minute stands there once for each row summed. */
const SPREAD = `string_agg(array_to_string(minutes, ','), ',') as minutes,
  string_agg(array_to_string(times, ','), ',') as times`;

async function trend(
  tx: Tx,
  scope: Scope,
  filters: Filters,
  bucket: PeriodFigures['bucket'],
): Promise<{ total: Figures; points: TrendPoint[] }> {
  const parameters = new Parameters();
  const rows = rowsOf([scope.key], filters, parameters, { months: bucket === 'month' });
  const found = await tx.query<(Counts & Spread & { start: string })[]>(
    `select date_trunc('${bucket}', day::timestamp)::date::text as start, ${SUMS}, ${SPREAD} ${rows}
     group by 1 order by 1`,
    parameters.values,
  );
  const sums = { ...NONE };
  for (const point of found) for (const name of NAMES) sums[name] += point[name];
  return {
    total: { ...sums, ...percentiles(found) },
    points: found.map(withPercentiles),
  };
}

async function byAgency(tx: Tx, scope: Scope, filters: Filters): Promise<AgencyShare[]> {
  const agencies =
    scope.agencies ??
    (await tx.query<{ code: string }[]>('select code from agency')).map(({ code }) => code);
  const parameters = new Parameters();
  const rows = rowsOf(agencies, filters, parameters);
  const found = await tx.query<(Counts & Spread & { code: string })[]>(
    `select scope as code, ${SUMS}, ${SPREAD} ${rows} group by 1
     order by received desc, answered desc, code`,
    parameters.values,
  );
  return found.map(withPercentiles);
}

async function byDimension(
  tx: Tx,
  scope: Scope,
  filters: Filters,
  dimension: Dimension,
): Promise<Share[]> {
  const parameters = new Parameters();
  const rows = rowsOf([scope.key], filters, parameters, { also: dimension });
  return tx.query<Share[]>(
    `select ${dimension} as code, ${SUMS} ${rows} group by 1
     order by received desc, answered desc, code`,
    parameters.values,
  );
}
