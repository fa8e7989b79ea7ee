import type { DateTime } from 'luxon';
import { regionIn } from '../../src/registry/load.ts';
import type { System } from './system.ts';

/**
 * 09:00 of the next day that is a full working day and has another one after it. Neither is the first of
 * a month, when the process of the monthly data begins at that very hour.
 */
export async function nextWorkday({ calendars, clock, region }: System): Promise<DateTime> {
  const { hours } = await regionIn(region.dir);
  const calendar = calendars.of(hours['default']!);
  const isPlain = (day: DateTime): boolean =>
    day.day !== 1 && calendar.elapsed(day, day.plus({ hours: 9 })).as('hours') === 8;
  let day = clock.today('09:00').plus({ days: 1 });
  while (!isPlain(day) || !isPlain(day.plus({ days: 1 }))) day = day.plus({ days: 1 });
  return day;
}
