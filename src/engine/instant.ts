import { z } from 'zod';

/**
 * An instant as the engine's `now()` writes it, `2026-11-23T20:25:13.624Z[Etc/UTC]`, or plain
 * ISO 8601 with `Z`. Read as a `Date`.
 */
export const instant = z.string().transform((text, context) => {
  const date = new Date(text.replace(/(\[.*\]|@.*)$/, ''));
  if (Number.isNaN(date.getTime())) {
    context.addIssue({ code: 'custom', message: `not an instant: ${text}` });
    return z.NEVER;
  }
  return date;
});
