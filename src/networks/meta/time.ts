import { DateTime, Duration } from 'luxon';
import { z } from 'zod';

/** The Graph API's time, `2026-11-24T09:15:00+0000`, as an instant. */
export const graphTime = z.string().transform((text, context) => {
  const time = DateTime.fromISO(text, { setZone: true });
  if (time.isValid) return time.toJSDate();
  context.addIssue({ code: 'custom', message: `not a time: ${text}` });
  return z.NEVER;
});

/** Milliseconds of an ISO 8601 duration. */
export const ms = (duration: string): number => Duration.fromISO(duration).toMillis();
