import { Duration } from 'luxon';
import { InputError } from '../errors.ts';

const EXACT = ['hours', 'minutes', 'seconds', 'milliseconds'] as const;
const ALLOWED = 'allowed are hours, minutes and seconds, zero or more, for example PT8H or PT30M';

/**
 * The milliseconds of a limit. Days and longer are refused: a day of working time is not 24 hours.
 * @throws InputError for an invalid or negative duration or one in days or longer.
 */
export function limitMs(limit: Duration): number {
  if (!limit.isValid) throw new InputError(`not a duration: ${ALLOWED}`);
  const { hours, minutes, seconds, milliseconds } = limit;
  const ms = Math.round(((hours * 60 + minutes) * 60 + seconds) * 1000 + milliseconds);
  if (ms !== Math.round(limit.toMillis())) {
    throw new InputError(`${limit.toISO()} is given in days or longer: ${ALLOWED}`);
  }
  if (ms < 0) throw new InputError(`${limit.toISO()} is negative: ${ALLOWED}`);
  return ms;
}

/**
 * `PT8H` as a duration that {@link limitMs} accepts.
 * @throws InputError otherwise.
 */
export function parseLimit(text: string): Duration {
  const limit = Duration.fromISO(text);
  if (!limit.isValid) throw new InputError(`"${text}" is not a duration: ${ALLOWED}`);
  limitMs(limit);
  return limit;
}

/** Milliseconds of working time as a duration in hours, minutes, seconds and milliseconds. */
export const workingTime = (ms: number): Duration => Duration.fromMillis(ms).shiftTo(...EXACT);
