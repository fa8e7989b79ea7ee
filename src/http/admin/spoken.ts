import { Duration } from 'luxon';
import { spokenDuration } from '../../procedure/local-time.ts';

/** `PT1H30M` as people say it: «1 ч 30 мин»; null for what is no such duration. */
export function spoken(value: string): string | null {
  const duration = Duration.fromISO(value);
  const isTime = value.startsWith('PT') && duration.isValid && duration.toMillis() >= 60_000;
  return isTime ? spokenDuration(duration.toMillis()) : null;
}
