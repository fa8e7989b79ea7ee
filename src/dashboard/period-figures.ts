import type { Tx } from '../db/data-source.ts';
import { bucketOf, type Dimension, type Filters } from './filters.ts';
import {
  NAMES,
  partsOf,
  wholeMonths,
  type Counts,
  type Group,
  type KeptMonths,
  type Month,
  type Part,
} from './parts.ts';
import type { Scope } from './scope.ts';
import { percentiles, type Percentiles } from './spread.ts';

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

/**
 * The figures of the days of `filters`, counted up from those of months and days; what `kept` has of
 * months is not read again.
 */
export async function periodFigures(
  tx: Tx,
  scope: Scope,
  filters: Filters,
  kept: KeptMonths = new Map(),
): Promise<PeriodFigures> {
  const bucket = bucketOf(filters);
  const agencies = await agenciesOf(tx, scope);
  return withMonths(tx, filters, async (months) => {
    const of = (group: Group, whole = months) => partsOf(tx, group, filters, whole, kept);
    const shares = async (by: Dimension): Promise<Share[]> =>
      (await of({ scopes: [scope.key], by, timed: false })).map(toShare).sort(byFrequency);
    const [points, agency, network, topic, municipality] = await Promise.all([
      of({ scopes: [scope.key], by: bucket, timed: true }, bucket === 'month' ? months : []),
      of({ scopes: agencies, by: 'scope', timed: true }),
      shares('network'),
      shares('topic'),
      shares('municipality'),
    ]);
    return {
      total: {
        ...totalOf(points),
        ...percentiles(points.flatMap(({ spreads }) => spreads)),
      },
      bucket,
      trend: points
        .map((part) => ({ start: part.key, ...countsOf(part), ...percentiles(part.spreads) }))
        .sort((one, other) => (one.start < other.start ? -1 : 1)),
      agency: agency
        .map((part) => ({ ...toShare(part), ...percentiles(part.spreads) }))
        .sort(byFrequency),
      network,
      topic,
      municipality,
    };
  });
}

/** The counts of the whole period only. */
export const periodCounts = (
  tx: Tx,
  scope: Scope,
  filters: Filters,
  kept: KeptMonths = new Map(),
): Promise<Counts> =>
  withMonths(tx, filters, async (months) => {
    const group: Group = { scopes: [scope.key], by: 'nothing', timed: false };
    return totalOf(await partsOf(tx, group, filters, months, kept));
  });

/** Counts by the whole months of the period, again if one of them was counted anew meanwhile. */
async function withMonths<T>(
  tx: Tx,
  filters: Filters,
  count: (months: Month[]) => Promise<T>,
): Promise<T> {
  for (let months = await wholeMonths(tx, filters); ;) {
    const counted = await count(months);
    const now = await wholeMonths(tx, filters);
    if (JSON.stringify(now) === JSON.stringify(months)) return counted;
    months = now;
  }
}

const agenciesOf = async (tx: Tx, scope: Scope): Promise<readonly string[]> =>
  scope.agencies ??
  (await tx.query<{ code: string }[]>('select code from agency order by code')).map(
    ({ code }) => code,
  );

const countsOf = (part: Counts): Counts =>
  Object.fromEntries(NAMES.map((name) => [name, part[name]])) as unknown as Counts;

const totalOf = (parts: readonly Part[]): Counts =>
  Object.fromEntries(
    NAMES.map((name) => [name, parts.reduce((sum, part) => sum + part[name], 0)]),
  ) as unknown as Counts;

const toShare = (part: Part): Share => ({ code: part.key, ...countsOf(part) });

const byFrequency = (one: Share, other: Share): number =>
  other.received - one.received ||
  other.answered - one.answered ||
  (one.code < other.code ? -1 : 1);
