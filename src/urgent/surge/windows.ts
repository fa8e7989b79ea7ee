import { DateTime } from 'luxon';
import type { Window } from './counts.ts';

/** The same hours of the `weeks` before that lie wholly after `since`, the latest first. */
export function weeksBefore(window: Window, weeks: number, since: Date, zone: string): Window[] {
  const back = (at: Date, by: number): Date =>
    DateTime.fromJSDate(at, { zone }).minus({ weeks: by }).toJSDate();
  return Array.from({ length: weeks }, (_, index) => ({
    from: back(window.from, index + 1),
    to: back(window.to, index + 1),
  })).filter(({ from }) => from >= since);
}

/** The seven days up to `at`, and the seven before them, `weeks` times; those wholly after `since`. */
export function wholeWeeks(at: Date, weeks: number, since: Date, zone: string): Window[] {
  const to = DateTime.fromJSDate(at, { zone });
  const ahead = { from: at, to: to.plus({ weeks: 1 }).toJSDate() };
  return weeksBefore(ahead, weeks, since, zone);
}
