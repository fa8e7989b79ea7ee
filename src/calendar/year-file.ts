import { z } from 'zod';
import { InputError } from '../errors.ts';
import { isEve, isHoliday } from './labour-code.ts';
import { datesOf, isWeekend } from './local-date.ts';
import type { ProductionYear } from './production-year.ts';

/** The xmlcalendar convention: `days` lists days off; `*` is a shortened working day, `+` a day off by transfer. */
const yearFile = z.object({
  year: z.int(),
  months: z
    .array(z.object({ month: z.int().min(1).max(12), days: z.string() }))
    .length(12, { error: 'all twelve months must be there' }),
  statistic: z.object({ workdays: z.int(), hours40: z.number() }),
});

/**
 * Reads one official year, the content of a `ru-2026.json`.
 * @throws InputError if it is malformed or its days do not add up to its own `statistic`.
 */
export function parseYearFile(content: unknown): ProductionYear {
  const result = yearFile.safeParse(content);
  if (!result.success) throw new InputError(z.prettifyError(result.error));
  const { year, months, statistic } = result.data;

  const dates = datesOf(year);
  const marks = new Map(months.flatMap(({ month, days }) => marksOf(year, month, days)));
  for (const date of marks.keys()) {
    if (!dates.includes(date)) throw new InputError(`${date} is not a day of ${year}`);
  }
  const listed = dates.filter((date) => (marks.get(date) ?? '*') !== '*');
  const starred = dates.filter((date) => marks.get(date) === '*');
  const workdays = dates.length - listed.length;
  // The 40-hour week is five days of 8 hours; each shortened day takes an hour off.
  const hours40 = workdays * 8 - starred.length;
  if (workdays !== statistic.workdays || hours40 !== statistic.hours40) {
    throw new InputError(
      `the days listed make ${workdays} working days and ${hours40} hours, but "statistic" says ` +
        `${statistic.workdays} and ${statistic.hours40}: correct whichever is wrong`,
    );
  }

  const daysOff = new Set(listed.filter((date) => !isWeekend(date) || isHoliday(date)));
  const workingWeekends = new Set(
    dates.filter((date) => isWeekend(date) && !listed.includes(date)),
  );
  // The file knows only the five-day week; who also works at weekends has those eves shortened too.
  const weekendEves = listed.filter((date) => !daysOff.has(date) && isEve(date));
  const shortened = new Set([...starred, ...weekendEves]);
  return { year, official: true, daysOff, shortened, workingWeekends };
}

function marksOf(year: number, month: number, days: string): [date: string, mark: string][] {
  return days.split(',').map((entry) => {
    const match = /^(\d{1,2})([*+]?)$/.exec(entry);
    if (!match?.[1]) {
      throw new InputError(
        `month ${month}: "${entry}" is not a day: write its number, with * for a shortened day or + for a day off by transfer`,
      );
    }
    const date = `${year}-${String(month).padStart(2, '0')}-${match[1].padStart(2, '0')}`;
    return [date, match[2] ?? ''];
  });
}
