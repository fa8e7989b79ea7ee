import { fileURLToPath } from 'node:url';
import {
  createCalendar,
  loadProductionYears,
  type CalendarDefinition,
  type WorkCalendar,
} from '../src/calendar/calendar.ts';
import { isWeekend } from '../src/calendar/local-date.ts';
import { regionIn } from '../src/registry/load.ts';

/** Where all calendars of the region are. */
export const ZONE = 'Europe/Moscow';

/** An agency's calendar and when its messages came, epoch milliseconds. */
export interface Cases {
  definition: CalendarDefinition;
  calendar: WorkCalendar;
  /** Days on which a weekday is off, `YYYY-MM-DD`. */
  holidays: string[];
  instants: number[];
}

const EACH = 1_000;
const FIRST = Date.UTC(2024, 0, 1);
/** Ten working days from here are still in 2026, the last year whose transfers are official. */
const LAST = Date.UTC(2026, 11, 10);

/** The demo region's calendars, each with the same number of whole minutes of 2024 to 2026, by a seed. */
export async function createCases(): Promise<Cases[]> {
  const root = fileURLToPath(new URL('../region', import.meta.url));
  const years = loadProductionYears(`${root}/calendar`);
  const { hours } = await regionIn(`${root}/smolensk`);
  const daysOff = years.flatMap((year) => [...year.daysOff]).filter((date) => !isWeekend(date));
  const random = seeded(519);
  return Object.values(hours).map((definition) => ({
    definition,
    calendar: createCalendar(definition, years),
    holidays: definition.observeHolidays === false ? [] : daysOff,
    instants: Array.from(
      { length: EACH },
      () => Math.floor((FIRST + random() * (LAST - FIRST)) / 60_000) * 60_000,
    ),
  }));
}

/** Park and Miller's generator: the same numbers from 0 to 1 at each run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}
