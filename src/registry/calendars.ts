import { createCalendar, type WorkCalendar } from '../calendar/calendar.ts';
import type { CalendarDefinition } from '../calendar/definition.ts';
import type { ProductionYear } from '../calendar/production-year.ts';

/** The calendars of all agencies; those with the same hours share one. */
export interface Calendars {
  /** @throws InputError for a definition that a calendar refuses. */
  of(definition: CalendarDefinition): WorkCalendar;
}

/** `years`: the official years, read once at start from `region/calendar`. */
export function createCalendars(years: readonly ProductionYear[]): Calendars {
  const known = new Map<string, WorkCalendar>();
  return {
    of(definition) {
      const key = JSON.stringify(definition);
      const calendar = known.get(key) ?? createCalendar(definition, years);
      known.set(key, calendar);
      return calendar;
    },
  };
}
