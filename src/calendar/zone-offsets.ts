import type { Zone } from 'luxon';

const DAY_MS = 86_400_000;

/** A half-open stretch of instants during which a zone keeps one offset. All in epoch milliseconds. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  /** Add it to an instant to get wall milliseconds. */
  readonly offset: number;
}

/** Milliseconds by which the zone's wall clock is ahead of UTC at an instant. */
export const offsetAt = (zone: Zone, at: number): number => Math.round(zone.offset(at) * 60_000);

// No zone is further from UTC than 14 hours.
export const FURTHEST_MS = 15 * 3_600_000;

/** The year on the wall at an instant. Asks the zone, which is slow, only around the New Year. */
export function yearAt(zone: Zone, at: number): number {
  const year = utcYear(at - FURTHEST_MS);
  return year === utcYear(at + FURTHEST_MS) ? year : utcYear(at + offsetAt(zone, at));
}

const utcYear = (at: number): number => new Date(at).getUTCFullYear();

/**
 * The stretches that make up `[start, end)`, split where the clocks change. This is the one place
 * that knows about daylight saving; no zone changes its clocks twice in a day.
 */
export function stretches(zone: Zone, start: number, end: number): Stretch[] {
  const found: Stretch[] = [];
  let since = start;
  for (let at = start; at < end; at += DAY_MS) {
    const next = Math.min(at + DAY_MS, end);
    const offset = offsetAt(zone, at);
    if (offsetAt(zone, next) !== offset) {
      const change = changeWithin(zone, at, next);
      found.push({ start: since, end: change, offset });
      since = change;
    }
  }
  return [...found, { start: since, end, offset: offsetAt(zone, end) }];
}

/** The first millisecond of the new offset, `at` having the old one and `next` the new. */
function changeWithin(zone: Zone, at: number, next: number): number {
  const old = offsetAt(zone, at);
  while (next - at > 1) {
    const middle = Math.floor((at + next) / 2);
    if (offsetAt(zone, middle) === old) at = middle;
    else next = middle;
  }
  return next;
}
