import { DateTime } from 'luxon';
import type { Tx } from '../../db/data-source.ts';
import type { Surge } from '../../db/entities/surge.ts';
import type { RegionSettings } from '../../registry/settings.ts';
import { DEFAULT_SURGE } from '../../registry/surge.ts';
import { countEach, type Window } from './counts.ts';
import { weeksBefore } from './windows.ts';
import { usualOf } from './usual.ts';

/** An hour of the chart: what came, and what is usual in this hour of the week. */
export interface Hour {
  from: Date;
  count: number;
  low: number;
  high: number;
}

/** How much of what was before a surge its chart shows, and how much at most of what came after. */
const BEFORE_H = 36;
const AFTER_H = 36;

/**
 * The hours before a surge and of it, up to `now`, against the usual band of the same hours in the weeks
 * before it was detected.
 */
export async function hoursOf(
  tx: Tx,
  surge: Surge,
  { zone, surge: settings = DEFAULT_SURGE }: Pick<RegionSettings, 'zone' | 'surge'>,
  now: Date,
): Promise<Hour[]> {
  const detected = DateTime.fromJSDate(surge.detectedAt, { zone });
  const first = detected.startOf('hour').minus({ hours: BEFORE_H });
  const last = DateTime.min(
    DateTime.fromJSDate(now, { zone }),
    detected.plus({ hours: AFTER_H }),
  ).startOf('hour');
  const length = Math.round(last.diff(first, 'hours').hours) + 1;
  const hours = Array.from({ length: Math.max(1, length) }, (_, index): Window => {
    const from = first.plus({ hours: index });
    return { from: from.toJSDate(), to: from.plus({ hours: 1 }).toJSDate() };
  });
  const counts = await countEach(tx, surge, hours, 'now');
  const weeks = hours.map((hour) => weeksBefore(hour, settings.weeks, new Date(0), zone));
  const past = await countEach(tx, surge, weeks.flat(), 'usual');
  return hours.map(({ from }, index) => {
    const usual = usualOf(past.slice(index * settings.weeks, (index + 1) * settings.weeks));
    return { from, count: counts[index] ?? 0, low: usual?.low ?? 0, high: usual?.high ?? 0 };
  });
}
