import { DateTime } from 'luxon';
import { z } from 'zod';
import { InputError } from '../errors.ts';
import { localTime } from '../procedure/local-time.ts';
import { requiredText } from '../procedure/submission.ts';

/** What the form of the deputy governor's decision sends (clause 13). */
export const decisionSubmission = z.object({
  decision: z.enum(['instruction', 'measure', 'unfounded'], {
    error:
      'Выберите решение: поручение об устранении, мера воздействия или недостаток не подтвердился.',
  }),
  text: requiredText(4_000, 'Изложите содержание решения.'),
  remedyDueAt: z.string({ error: 'Срок устранения указан неверно: нужна дата.' }).nullish(),
});

/**
 * The moment by which a shortcoming is to be remedied: a date is kept until its last minute, local
 * to the region.
 * @throws InputError in Russian for anything that is not a moment after `at`.
 */
export function remedyDue(text: string | null | undefined, at: Date, zone: string): Date {
  if (!text?.trim()) throw new InputError('Укажите, к какому сроку устранить недостаток.');
  const given = DateTime.fromISO(text.trim(), { zone });
  if (!given.isValid) {
    throw new InputError('Срок устранения указан неверно: нужна дата, например 2026-12-01.');
  }
  const dateOnly = /^\d{4}-\d{2}-\d{2}$/.test(text.trim());
  const due = (dateOnly ? given.endOf('day').startOf('minute') : given).toJSDate();
  if (due <= at) {
    throw new InputError(
      `Срок устранения уже прошёл: ${localTime(due, zone)}. Укажите будущую дату.`,
    );
  }
  return due;
}
