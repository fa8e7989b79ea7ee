import { Duration } from 'luxon';
import { z } from 'zod';
import { parseLimit } from '../calendar/working-time.ts';
import { shown } from './check.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

const span = (least: number, most: number, allowed: string) =>
  z.string().refine((text) => isWithin(text, least, most), {
    error: ({ input }) => `неверная длительность: ${shown(input)}; допустимо: ${allowed}`,
  });
const whole = (least: number, most: number) =>
  z
    .number({ error: ({ input }) => said(input, least, most) })
    .refine((value) => Number.isInteger(value) && value >= least && value <= most, {
      error: ({ input }) => said(input, least, most),
    });

/** When more messages than usual are a surge (clause 15): the section `surge` of `region.yaml`. */
export const surgeSchema = z.strictObject({
  /** The time over which messages are counted. */
  window: span(30 * MINUTE_MS, DAY_MS, 'от PT30M до PT24H, например PT2H'),
  /** With how many weeks before the same hours are compared. */
  weeks: whole(3, 26),
  /** Fewer messages are no surge. */
  least: whole(3, 10_000),
  /** So many times what is usual. */
  times: whole(2, 100),
  /** How many false alarms a month are borne, in the whole region. */
  falseAlarms: z
    .number({ error: ({ input }) => saidShare(input) })
    .refine((value) => value >= 0.01 && value <= 30, { error: ({ input }) => saidShare(input) }),
  /** A surge is over when it has been quiet for this long: nights must not end it. */
  calm: span(60 * MINUTE_MS, 7 * DAY_MS, 'от PT1H до PT168H, например PT12H'),
});

export type SurgeSettings = z.infer<typeof surgeSchema>;

/** Of a region that names none. */
export const DEFAULT_SURGE: SurgeSettings = {
  window: 'PT2H',
  weeks: 8,
  least: 10,
  times: 3,
  falseAlarms: 1,
  calm: 'PT12H',
};

function isWithin(text: string, least: number, most: number): boolean {
  try {
    const ms = parseLimit(text).toMillis();
    return ms >= least && ms <= most;
  } catch {
    return false;
  }
}

const said = (input: unknown, least: number, most: number): string =>
  `неверное число: ${shown(input)}; допустимо: целое число от ${least} до ${most}`;
const saidShare = (input: unknown): string =>
  `неверное число: ${shown(input)}; допустимо: от 0.01 до 30`;

/** Milliseconds of an ISO 8601 duration of these settings. */
export const msOf = (duration: string): number => Duration.fromISO(duration).toMillis();
