import { DateTime } from 'luxon';
import { createRandom, type Random } from '../src/generate/random.ts';
import type { Series } from '../src/urgent/surge/step.ts';

const ZONE = 'Europe/Moscow';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A made-up surge: `count` messages that come within `hours` from `at` on, the most at the beginning. */
export interface MadeUpSurge extends Series {
  at: string;
  hours: number;
  count: number;
}

/** What happens in the made-up weeks, beside ordinary life. */
export interface Happenings {
  surges?: readonly MadeUpSurge[];
  /** Days on which people write as on a Sunday, and less. */
  holidays?: readonly string[];
  /** Days of which nothing was found. */
  missing?: readonly string[];
  /** By how much messages on this topic grow from week to week. */
  growth?: { topic: string; weekly: number };
}

/** Messages of each series, as instants in order. */
export type Weeks = Map<string, { series: Series; at: number[] }>;

export const keyOf = ({ topic, municipality }: Series): string => `${topic} ${municipality}`;

/** The region of the tests: a few topics and places have most of the messages. */
export const TOPICS = ['heating', 'roads', 'housing', 'health', 'energy', 'transport'].concat(
  Array.from({ length: 21 }, (_, index) => `topic-${index}`),
);
export const PLACES = ['smolensk', 'vyazemsky', 'roslavlsky', 'yartsevsky'].concat(
  Array.from({ length: 24 }, (_, index) => `place-${index}`),
);

/** How lively each hour of the day is; evenings are, nights are not. */
const HOURS = [
  ...[0.25, 0.12, 0.06, 0.05, 0.06, 0.15, 0.4, 0.9, 1.3, 1.4, 1.4, 1.3],
  ...[1.3, 1.3, 1.2, 1.2, 1.3, 1.5, 1.8, 2, 2.1, 1.9, 1.3, 0.6],
];
const SUNDAY = 0.75;

/**
 * Messages of made-up days from `from` on, the same for the same seed: `perDay` in the whole region, by
 * hour and day of week. Days differ, also for each series by itself.
 */
export function madeUpWeeks(
  seed: number,
  from: string,
  days: number,
  { surges = [], holidays = [], missing = [], growth }: Happenings = {},
  perDay = 600,
): Weeks {
  const random = createRandom(seed);
  const weeks: Weeks = new Map();
  const add = (series: Series, at: number) => {
    const key = keyOf(series);
    const found = weeks.get(key) ?? { series, at: [] };
    weeks.set(key, found);
    found.at.push(at);
  };
  const first = DateTime.fromISO(from, { zone: ZONE });
  const hours = HOURS.reduce((sum, share) => sum + share, 0);
  for (let day = 0; day < days; day++) {
    const date = first.plus({ days: day });
    const iso = date.toISODate() ?? '';
    const free = date.weekday === 7 || holidays.includes(iso);
    const whole = random.around(1, 0.12) * (free ? SUNDAY : 1);
    for (const series of allSeries()) {
      const grown = growth?.topic === series.topic ? growth.weekly ** (day / 7) : 1;
      const mean = perDay * shareOf(series) * whole * grown * random.around(1, 0.25);
      HOURS.forEach((share, hour) => {
        for (let n = poisson(random, (mean * share) / hours); n > 0; n--) {
          add(series, date.toMillis() + (hour + random.next()) * HOUR);
        }
      });
    }
  }
  for (const { at, hours: long, count, topic, municipality } of surges) {
    const start = DateTime.fromISO(at, { zone: ZONE }).toMillis();
    for (let n = 0; n < count; n++) {
      add({ topic, municipality }, start + random.next() ** 1.5 * long * HOUR);
    }
  }
  for (const row of weeks.values()) {
    row.at = row.at
      .filter((at) => !missing.includes(DateTime.fromMillis(at, { zone: ZONE }).toISODate() ?? ''))
      .sort((a, b) => a - b);
  }
  return weeks;
}

/** Counts all series in windows `(from, to]` that only move forward. */
export function movingWindow(weeks: Weeks) {
  const all = [...weeks]
    .flatMap(([key, { at }]) => at.map((instant) => ({ key, instant })))
    .sort((a, b) => a.instant - b.instant);
  const counts = new Map<string, number>();
  let [first, next] = [0, 0];
  return (from: number, to: number): ReadonlyMap<string, number> => {
    for (; next < all.length && all[next]!.instant <= to; next++) {
      const { key } = all[next]!;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    for (; first < next && all[first]!.instant <= from; first++) {
      const { key } = all[first]!;
      counts.set(key, (counts.get(key) ?? 0) - 1);
    }
    return counts;
  };
}

/** How many of a series lie in `(from, to]`. */
export function countIn(weeks: Weeks, series: Series, from: number, to: number): number {
  const at = weeks.get(keyOf(series))?.at ?? [];
  return upTo(at, to) - upTo(at, from);
}

/** The counts of the same hours in the weeks before. */
export const pastOf = (weeks: Weeks, series: Series, from: number, to: number, count: number) =>
  Array.from({ length: count }, (_, week) => {
    const back = (week + 1) * 7 * DAY;
    return countIn(weeks, series, from - back, to - back);
  });

function upTo(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? Infinity) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

const allSeries = (): Series[] =>
  TOPICS.flatMap((topic) => PLACES.map((municipality) => ({ topic, municipality })));

/** By the law of Zipf, nearly. */
const weight = (rank: number) => 1 / (rank + 1.5);
const totalOf = (list: readonly string[]) => list.reduce((sum, _, rank) => sum + weight(rank), 0);
const shareOf = ({ topic, municipality }: Series): number =>
  (weight(TOPICS.indexOf(topic ?? '')) / totalOf(TOPICS)) *
  (weight(PLACES.indexOf(municipality ?? '')) / totalOf(PLACES));

function poisson(random: Random, mean: number): number {
  const limit = Math.exp(-mean);
  let product = random.next();
  let count = 0;
  while (product > limit) {
    product *= random.next();
    count++;
  }
  return count;
}
