import { DateTime, Duration } from 'luxon';

/** OK writes dates without a zone, by Moscow's clock. */
const FORMAT = 'yyyy-MM-dd HH:mm:ss';
const zone = 'Europe/Moscow';

/** The instant of a date of OK, milliseconds; null when it is none. */
export function readDate(text: string): number | null {
  const at = DateTime.fromFormat(text, FORMAT, { zone });
  return at.isValid ? at.toMillis() : null;
}

export function writeDate(ms: number): string {
  return DateTime.fromMillis(ms, { zone }).toFormat(FORMAT);
}

export function millis(duration: string): number {
  return Duration.fromISO(duration).toMillis();
}

/** The instant a duration before now, milliseconds. */
export function ago(duration: string): number {
  return Date.now() - millis(duration);
}
