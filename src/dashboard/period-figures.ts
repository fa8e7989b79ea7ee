import type { Tx } from '../db/data-source.ts';
import { COUNTS } from './columns.ts';
import { bucketOf, DIMENSIONS, type Dimension, type Filters } from './filters.ts';
import { Parameters } from './narrowing.ts';
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

/** Counts, and the working minutes that answers took: null when there was none. */
export interface Figures extends Counts {
  median: number | null;
  ninetieth: number | null;
}

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

const SUMS = COUNTS.map((column) => `coalesce(sum(${column}), 0)::int as "${nameOf(column)}"`).join(
  ', ',
);

const NONE: Figures = {
  ...(Object.fromEntries(COUNTS.map((column) => [nameOf(column), 0])) as unknown as Counts),
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
  const days = `select day, ${ROW} from figure_day where ${wanted} and day between ${from} and ${to}`;
  if (!months) return `from (${days}) counted`;
  const whole = `month >= ${from} and month + interval '1 month' <= ${to}::date + 1`;
  return `from (
    select month as day, ${ROW} from figure_month where ${wanted} and ${whole}
    union all ${days} and date_trunc('month', day::timestamp) not in (
      select month from figure_month where scope = '*' and grp = 7 and ${whole})) counted`;
}

const ROW = ['scope', ...DIMENSIONS, ...COUNTS, 'minutes', 'times'].join(', ');

/** By `key`: the least number of minutes in which half, and nine tenths, of the answers were there. */
const percentiles = (key: string, rows: string, sets: string): string => `
  select ${key}, min(minute) filter (where upto >= 0.5 * whole) as median,
    min(minute) filter (where upto >= 0.9 * whole) as ninetieth
  from (
    select ${key}, minute, sum(answers) over (partition by ${key} order by minute) as upto,
      sum(answers) over (partition by ${key}) as whole
    from (
      select ${key}, minute, sum(answers) as answers ${rows},
        unnest(minutes, times) as each (minute, answers)
      group by ${sets}) each) each
  group by ${key}`;

async function trend(
  tx: Tx,
  scope: Scope,
  filters: Filters,
  bucket: PeriodFigures['bucket'],
): Promise<{ total: Figures; points: TrendPoint[] }> {
  const parameters = new Parameters();
  const rows = rowsOf([scope.key], filters, parameters, { months: bucket === 'month' });
  const start = `select *, date_trunc('${bucket}', day::timestamp)::date::text as start ${rows}`;
  const found = await tx.query<(Figures & { start: string | null })[]>(
    `with cut as (${start}),
     sums as (select start, ${SUMS} from cut group by grouping sets ((start), ())),
     timed as (${percentiles('start', 'from cut', 'grouping sets ((start, minute), (minute))')})
     select sums.*, median, ninetieth
     from sums left join timed on timed.start is not distinct from sums.start
     order by sums.start`,
    parameters.values,
  );
  const whole = found.find(({ start }) => start === null);
  const total = { ...(whole ?? NONE) };
  if ('start' in total) delete total.start;
  return {
    total,
    points: found.filter((point): point is TrendPoint => point.start !== null),
  };
}

async function byAgency(tx: Tx, scope: Scope, filters: Filters): Promise<AgencyShare[]> {
  const agencies =
    scope.agencies ??
    (await tx.query<{ code: string }[]>('select code from agency')).map(({ code }) => code);
  const parameters = new Parameters();
  const rows = rowsOf(agencies, filters, parameters);
  return tx.query<AgencyShare[]>(
    `with cut as (select *, scope as code ${rows}),
     sums as (select code, ${SUMS} from cut group by 1),
     timed as (${percentiles('code', 'from cut', 'code, minute')})
     select sums.*, median, ninetieth from sums left join timed using (code)
     order by received desc, answered desc, code`,
    parameters.values,
  );
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
