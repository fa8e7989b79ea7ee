import { DateTime } from 'luxon';
import { InputError } from '../errors.ts';
import { joined, type Period, type Piece } from './periods.ts';

/** How far ahead a search goes before it says that there is no working time. */
const HORIZON_YEARS = 10;

/** A half-open interval, in epoch milliseconds. */
export interface Interval {
  readonly start: number;
  readonly end: number;
}

/** Working time as one line of instants, all in epoch milliseconds. */
export interface Timeline {
  /** The first instant at which `amount` (above 0) is spent. @throws InputError past the horizon. */
  spend(from: number, amount: number): number;
  /** Working milliseconds in `[from, to)`; negative if `to` is the earlier. */
  worked(from: number, to: number): number;
  /** `at` itself if it is working time, else the next opening. @throws InputError past the horizon. */
  next(at: number): number;
  /** The working periods inside `[from, to)`, clipped to it; one that spans New Year is one. */
  between(from: number, to: number): Interval[];
}

/** A timeline over the periods of each local year; `yearAt` tells in which one an instant lies. */
export function createTimeline(
  periodsOf: (year: number) => readonly Period[],
  yearAt: (at: number) => number,
): Timeline {
  return {
    spend(from, amount) {
      const first = yearAt(from);
      let target = workedBefore(periodsOf(first), from) + amount;
      for (let year = first; year <= first + HORIZON_YEARS; year++) {
        const periods = periodsOf(year);
        const total = totalOf(periods);
        if (target <= total) return instantAt(periods, target);
        target -= total;
      }
      throw tooFar(from);
    },
    worked(from, to) {
      if (to < from) return -this.worked(to, from);
      let sum =
        workedBefore(periodsOf(yearAt(to)), to) - workedBefore(periodsOf(yearAt(from)), from);
      for (let year = yearAt(from); year < yearAt(to); year++) sum += totalOf(periodsOf(year));
      return sum;
    },
    next(at) {
      const first = yearAt(at);
      for (let year = first; year <= first + HORIZON_YEARS; year++) {
        const periods = periodsOf(year);
        const period = periods[firstIndex(periods, ({ end }) => end > at)];
        if (period) return Math.max(at, period.start);
      }
      throw tooFar(at);
    },
    between(from, to) {
      const found: Piece[] = [];
      for (let year = yearAt(from); year <= yearAt(to); year++) {
        const periods = periodsOf(year);
        for (let i = firstIndex(periods, ({ end }) => end > from); i < periods.length; i++) {
          const period = periods[i] as Period;
          const start = Math.max(period.start, from);
          if (start >= to) return joined(found);
          found.push({ start, end: Math.min(period.end, to) });
        }
      }
      return joined(found);
    },
  };
}

const totalOf = (periods: readonly Period[]): number => {
  const last = periods.at(-1);
  return last ? last.before + last.end - last.start : 0;
};

function workedBefore(periods: readonly Period[], at: number): number {
  const period = periods[firstIndex(periods, ({ end }) => end > at)];
  return period ? period.before + Math.max(0, at - period.start) : totalOf(periods);
}

/** The end of the period that reaches `target`, not the start of the one after it. */
function instantAt(periods: readonly Period[], target: number): number {
  const i = firstIndex(periods, ({ before, start, end }) => before + end - start >= target);
  const { start, before } = periods[i] as Period;
  return start + target - before;
}

/** The first index at which `holds`, which once true stays true; the length if it never does. */
function firstIndex(periods: readonly Period[], holds: (period: Period) => boolean): number {
  let low = 0;
  let high = periods.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(periods[middle] as Period)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function tooFar(from: number): InputError {
  return new InputError(
    `the calendar has too little working time in the ${HORIZON_YEARS} years after ` +
      `${DateTime.fromMillis(from, { zone: 'utc' }).toISO()}: give the agency hours in "week" or "days", or a shorter limit`,
  );
}
