import { Duration } from 'luxon';
import { z } from 'zod';

/** Fields that the settings of several networks have. */

/** ISO 8601, above zero. */
export const duration = z.string().refine((text) => Duration.fromISO(text).toMillis() > 0, {
  error: 'это не длительность; допустимо: длительность ISO 8601, например PT30S или P1D',
});
/** Without a slash at the end. */
export const address = z
  .url({ protocol: /^https?$/, error: 'это не адрес; допустимо: https://… или http://…' })
  .transform((url) => url.replace(/\/+$/, ''));
export const above0 = { error: 'допустимо: число больше нуля' };
export const number = z.number(above0).positive(above0);
export const whole = z.int({ error: 'допустимо: целое число' });
export const wholeAbove0 = whole.positive(above0);

export const attachments = z.strictObject({
  count: whole.nonnegative({ error: 'допустимо: ноль или больше' }),
  bytes: whole.positive(above0),
  mediaTypes: z.array(z.string()),
});
