import { WEEKDAYS, type CompleteDefinition } from './definition.ts';
import { parseHours, shorten, type Hours } from './hours.ts';
import { weekdayOf, type LocalDate } from './local-date.ts';
import type { ProductionYear } from './production-year.ts';
import { limitMs, parseLimit } from './working-time.ts';

/** The hours an agency works on a date, given the production calendar of the date's year. */
export type DayHours = (date: LocalDate, production: ProductionYear) => Hours;

export function createDayHours(definition: CompleteDefinition): DayHours {
  const week = WEEKDAYS.map((name) => parseHours(definition.week[name] ?? []));
  const days = new Map(
    Object.entries(definition.days ?? {}).map(([date, texts]) => [date, parseHours(texts)]),
  );
  const shortenBy = limitMs(parseLimit(definition.shortenBy)) / 60_000;
  // A working Saturday has Friday's hours, or those of the last day worked before the weekend.
  const beforeWeekend = week.slice(1, 6).findLast((hours) => hours.length > 0) ?? [];

  return (date, production) => {
    const override = days.get(date);
    if (override) return override;
    const usual = week[weekdayOf(date)] ?? [];
    if (!definition.observeHolidays) return usual;
    if (production.daysOff.has(date)) return [];
    // An agency that works every Saturday keeps its own hours on a working one.
    const moved = production.workingWeekends.has(date) && usual.length === 0;
    const hours = moved ? beforeWeekend : usual;
    return production.shortened.has(date) ? shorten(hours, shortenBy) : hours;
  };
}
