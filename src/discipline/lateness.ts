import { DateTime } from 'luxon';
import type { WorkCalendar } from '../calendar/calendar.ts';
import type { Deadline } from '../db/entities/deadline.ts';
import { localTime, spokenDuration } from '../procedure/local-time.ts';
import { LIMITS } from '../procedure/limits.ts';

/** By how much a limit was missed, in milliseconds (clause 12). */
export interface Lateness {
  /** When the clock stopped; null: it still ran at the moment asked about. */
  stoppedAt: Date | null;
  /** Working time of the agency past the deadline; null for a limit in plain time. */
  workingMs: number | null;
  plainMs: number;
}

type Clock = Pick<Deadline, 'kind' | 'plain' | 'dueAt' | 'stoppedAt'>;

/** The miss as it stood `asOf`: what happened later changes nothing. */
export function latenessOf(clock: Clock, calendar: WorkCalendar, asOf: Date): Lateness {
  const stoppedAt = clock.stoppedAt && clock.stoppedAt <= asOf ? clock.stoppedAt : null;
  const end = stoppedAt ?? asOf;
  const elapsed = calendar.elapsed(DateTime.fromJSDate(clock.dueAt), DateTime.fromJSDate(end));
  return {
    stoppedAt,
    workingMs: clock.plain ? null : Math.max(0, elapsed.toMillis()),
    plainMs: Math.max(0, end.getTime() - clock.dueAt.getTime()),
  };
}

/** The miss in a sentence for the deputy governor (clause 13). */
export function sayLateness(lateness: Lateness, kind: Deadline['kind'], zone: string): string {
  const { stoppedAt } = lateness;
  const much = sayMuch(lateness);
  const { done, notDone } = LIMITS[kind];
  return stoppedAt
    ? `Срок превышен на ${much}; ${done} ${localTime(stoppedAt, zone)}.`
    : `На момент уведомления срок превышен на ${much}; ${notDone}.`;
}

/** `1 ч 20 мин рабочего времени (календарного — 16 ч 20 мин)` */
export const sayMuch = ({ workingMs, plainMs }: Lateness): string =>
  workingMs === null
    ? by(plainMs, spokenDuration)
    : `${by(workingMs, hoursAndMinutes)} рабочего времени (календарного — ${by(plainMs, spokenDuration)})`;

const MINUTE = 60_000;

const by = (ms: number, say: (ms: number) => string): string =>
  ms < MINUTE ? 'менее 1 мин' : say(ms);

/** Working time is never told in days: its day is not 24 hours. */
function hoursAndMinutes(ms: number): string {
  const minutes = Math.floor(ms / MINUTE);
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return [hours ? `${hours} ч` : '', rest ? `${rest} мин` : ''].filter(Boolean).join(' ');
}
