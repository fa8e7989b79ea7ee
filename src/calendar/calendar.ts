import { DateTime, FixedOffsetZone, IANAZone, type Duration } from 'luxon';
import { InputError } from '../errors.ts';
import { createDayHours } from './day-hours.ts';
import { parseCalendarDefinition, type CalendarDefinition } from './definition.ts';
import { computedYear } from './labour-code.ts';
import { periodsOf, type Period } from './periods.ts';
import type { ProductionYear } from './production-year.ts';
import { createTimeline, type Interval } from './timeline.ts';
import { limitMs, workingTime } from './working-time.ts';
import { yearAt } from './zone-offsets.ts';

export { defaultHours } from './default-hours.ts';
export {
  calendarDefinition,
  parseCalendarDefinition,
  type CalendarDefinition,
} from './definition.ts';
export { loadProductionYears } from './load-production-years.ts';
export type { ProductionYear } from './production-year.ts';
export type { Interval } from './timeline.ts';
export { parseLimit } from './working-time.ts';

export interface Deadline {
  /** The first instant at which the working time spent equals the limit. */
  readonly due: DateTime;
  /** The way to `due` touches a year whose official transfers are not known. */
  readonly provisional: boolean;
  /** The working time that makes up the limit: in order, disjoint. Built when read. */
  readonly spent: Interval[];
}

/**
 * The working time of one agency (clauses 6, 8, 9, 14). Takes instants in any zone and gives them
 * in UTC. Whatever searches ahead throws InputError if it finds too little working time in ten years.
 */
export interface WorkCalendar {
  /** @throws InputError for a limit that is negative or in days or longer. Zero is due at once. */
  deadline(from: DateTime, working: Duration): Deadline;
  /** Like `deadline`, but moved to the next opening unless it falls inside working time. */
  warning(from: DateTime, working: Duration): DateTime;
  /** Working time from one instant to another; negative if `to` is the earlier. */
  elapsed(from: DateTime, to: DateTime): Duration;
  isWorking(at: DateTime): boolean;
  /** `at` itself if it is working time, else the next opening. */
  nextWorking(at: DateTime): DateTime;
  /** The opening of the first working day on or after the first of a month (1-12). */
  firstWorkingDay(year: number, month: number): { day: DateTime; provisional: boolean };
}

/**
 * A calendar over the official years given; any other year is computed by the Labour Code, and what
 * touches it is provisional.
 * @throws InputError for a definition that {@link parseCalendarDefinition} refuses.
 */
export function createCalendar(
  definition: CalendarDefinition,
  years: readonly ProductionYear[],
): WorkCalendar {
  const complete = parseCalendarDefinition(definition);
  const zone = IANAZone.create(complete.zone);
  const hoursOn = createDayHours(complete);
  const official = new Map(years.map((year) => [year.year, year]));
  const compiled = new Map<number, Period[]>();

  const yearOf = (at: number): number => yearAt(zone, at);
  const yearPeriods = (year: number): Period[] => {
    const known = compiled.get(year);
    if (known) return known;
    const production = official.get(year) ?? computedYear(year);
    const periods = periodsOf(year, zone, (date) => hoursOn(date, production));
    compiled.set(year, periods);
    return periods;
  };
  const timeline = createTimeline(yearPeriods, yearOf);

  /** `to` is exclusive: 24:00 on 31 December does not touch the next year. */
  const provisional = (from: number, to: number): boolean => {
    if (!complete.observeHolidays) return false;
    const last = yearOf(Math.max(from, to - 1));
    for (let year = yearOf(from); year <= last; year++) if (!official.has(year)) return true;
    return false;
  };
  const due = (from: number, working: Duration): number => {
    const limit = limitMs(working);
    return limit === 0 ? from : timeline.spend(from, limit);
  };

  return {
    deadline(from, working) {
      const start = instant(from);
      const end = due(start, working);
      return {
        due: utc(end),
        provisional: provisional(start, end),
        get spent() {
          return timeline.between(start, end);
        },
      };
    },
    warning: (from, working) => utc(timeline.next(due(instant(from), working))),
    elapsed: (from, to) => workingTime(timeline.worked(instant(from), instant(to))),
    isWorking: (at) => timeline.worked(instant(at), instant(at) + 1) > 0,
    nextWorking: (at) => utc(timeline.next(instant(at))),
    firstWorkingDay(year, month) {
      const first = instant(DateTime.fromObject({ year, month, day: 1 }, { zone }));
      const opening = timeline.next(first);
      return { day: utc(opening), provisional: provisional(first, opening + 1) };
    },
  };
}

const utc = (ms: number): DateTime =>
  DateTime.fromMillis(ms, { zone: FixedOffsetZone.utcInstance });

function instant(at: DateTime): number {
  if (!at.isValid) {
    throw new InputError(
      `not an instant (${at.invalidExplanation ?? 'invalid'}): give a valid date and time`,
    );
  }
  return at.toMillis();
}
