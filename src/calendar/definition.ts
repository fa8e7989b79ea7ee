import { IANAZone } from 'luxon';
import { z } from 'zod';
import { InputError } from '../errors.ts';
import { parseHours } from './hours.ts';
import { parseLimit } from './working-time.ts';

/** Weekday names of `week`, at the index of {@link weekdayOf}: Sunday first. */
export const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

const INTERVALS =
  'a list of intervals, for example ["09:00-13:00", "14:00-18:00"]; [] is a day off';

const hours = z
  .array(z.string({ error: `allowed is ${INTERVALS}` }), { error: `allowed is ${INTERVALS}` })
  .superRefine(accepts(parseHours));

const day = hours.optional();

const week = z.strictObject(
  { mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day },
  {
    error: allowed(
      'hours by weekday: mon, tue, wed, thu, fri, sat, sun; a missing one is a day off',
    ),
  },
);

const days = z
  .record(z.string(), hours, { error: 'allowed are hours by date, for example 2026-06-15: []' })
  .superRefine((value, context) => {
    for (const date of Object.keys(value).filter((key) => !z.iso.date().safeParse(key).success)) {
      const message = `"${date}" is not a date: write YYYY-MM-DD, for example 2026-06-15`;
      context.addIssue({ code: 'custom', path: [date], message });
    }
  });

/** The working hours of an agency as the region's YAML gives them; see {@link CalendarDefinition}. */
export const calendarDefinition = z
  .strictObject(
    {
      zone: z
        .string({ error: 'allowed is an IANA time zone, for example Europe/Moscow' })
        .refine((zone) => IANAZone.isValidZone(zone), {
          error: ({ input }) =>
            `"${String(input)}" is not an IANA time zone, for example Europe/Moscow`,
        }),
      week,
      shortenBy: z
        .string({ error: 'allowed is a duration, for example PT1H' })
        .superRefine(accepts(parseLimit))
        .default('PT1H'),
      days: days.optional(),
      observeHolidays: z.boolean({ error: 'allowed are true and false' }).default(true),
    },
    { error: allowed('zone, week, shortenBy, days, observeHolidays') },
  )
  .refine(
    (value) => [...Object.values(value.week), ...Object.values(value.days ?? {})].flat().length > 0,
    { path: ['week'], error: 'there is no working time at all: give hours for a weekday at least' },
  );

/**
 * `zone`: IANA; `week`: intervals by weekday, a missing one is a day off; `shortenBy`: ISO duration
 * by which the day before a holiday is shorter (default an hour); `days`: hours of single dates,
 * which beat both holidays and `week`; `observeHolidays`: false for a round-the-clock service that
 * keeps its week whatever the production calendar says (default true).
 */
export type CalendarDefinition = z.input<typeof calendarDefinition>;

/** A definition with its defaults filled in. */
export type CompleteDefinition = z.output<typeof calendarDefinition>;

/**
 * Checks a definition read from a file.
 * @throws InputError naming every fault: where it is, what is wrong, what is allowed.
 */
export function parseCalendarDefinition(value: unknown): CompleteDefinition {
  const result = calendarDefinition.safeParse(value);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) =>
    path.length > 0 ? `${path.join('.')}: ${message}` : message,
  );
  throw new InputError(`calendar definition: ${faults.join('; ')}`);
}

/** A refinement that holds when `parse` does not refuse the value. */
function accepts<T>(parse: (value: T) => unknown) {
  return (value: T, context: z.RefinementCtx<T>): void => {
    try {
      parse(value);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      context.addIssue({ code: 'custom', message: error.message });
    }
  };
}

/** Messages for an object that is missing, of another type or has keys it should not. */
function allowed(what: string) {
  return (issue: { code?: string; keys?: unknown }): string =>
    issue.code === 'unrecognized_keys' && Array.isArray(issue.keys)
      ? `unknown ${issue.keys.join(', ')}; allowed are ${what}`
      : `allowed are ${what}`;
}
