import { Duration } from 'luxon';

/** VK's time: unix seconds. */
export function now(): number {
  return Math.floor(Date.now() / 1000);
}

export function seconds(duration: string): number {
  return Duration.fromISO(duration).as('seconds');
}

/** The instant a duration before now. */
export function ago(duration: string): number {
  return now() - seconds(duration);
}
