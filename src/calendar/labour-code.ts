import { datesOf, isWeekend, nextDate, type LocalDate } from './local-date.ts';
import type { ProductionYear } from './production-year.ts';

const JANUARY = ['01-01', '01-02', '01-03', '01-04', '01-05', '01-06', '01-07', '01-08'];
const HOLIDAYS = new Set([...JANUARY, '02-23', '03-08', '05-01', '05-09', '06-12', '11-04']);

/** A holiday of Labour Code art. 112, whatever weekday it falls on. */
export const isHoliday = (date: LocalDate): boolean => HOLIDAYS.has(date.slice(5));

/** The day directly before a holiday, shortened by art. 95 if it is worked. */
export const isEve = (date: LocalDate): boolean => isHoliday(nextDate(date));

/**
 * A year for which no production calendar is known, by the rules of art. 112: a holiday that falls
 * on a weekend moves the day off to the next working day after it. The January ones do not move:
 * the Government places those by decree, so the year is not official.
 */
export function computedYear(year: number): ProductionYear {
  const dates = datesOf(year);
  const daysOff = new Set(dates.filter(isHoliday));
  for (const holiday of dates.filter((date) => isHoliday(date) && isWeekend(date))) {
    if (!JANUARY.includes(holiday.slice(5))) daysOff.add(nextWorkday(holiday, daysOff));
  }
  const shortened = new Set(dates.filter((date) => isEve(date) && !daysOff.has(date)));
  return { year, official: false, daysOff, shortened, workingWeekends: new Set() };
}

function nextWorkday(date: LocalDate, daysOff: ReadonlySet<LocalDate>): LocalDate {
  const next = nextDate(date);
  return isWeekend(next) || daysOff.has(next) ? nextWorkday(next, daysOff) : next;
}
