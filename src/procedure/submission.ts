import { z } from 'zod';
import { InputError } from '../errors.ts';

/** For whatever a schema has no words of its own: no form sends it. */
const MISSHAPEN = 'Форма заполнена неверно: обновите страницу и заполните её снова.';

/**
 * Reads what a person sent; whatever its shape, faults come back as one message that the form shows.
 * @throws InputError in Russian.
 */
export function readSubmission<Schema extends z.ZodType>(
  schema: Schema,
  given: unknown,
): z.output<Schema> {
  const parsed = schema.safeParse(given ?? {}, { error: () => MISSHAPEN });
  if (parsed.success) return parsed.data;
  const faults = new Set(parsed.error.issues.map((issue) => issue.message));
  throw new InputError([...faults].join(' '));
}

/** PostgreSQL keeps neither a zero nor half of a surrogate pair. */
const clean = (text: string): string => text.replace(/\0|\p{Surrogate}/gu, '').trim();

/** A text that must be there, trimmed; `limit` and `least` in characters. */
export const requiredText = (limit: number, missing: string, least = 1) =>
  z
    .string({ error: missing })
    .transform((text) => clean(text))
    .refine((text) => text.length >= least, { error: missing })
    .refine((text) => text.length <= limit, {
      error: `Слишком длинный текст: допустимо не более ${limit} знаков.`,
    });

/** A text that may be left out, trimmed; null for none. `name` is what the form calls it. */
export const optionalText = (limit: number, name: string) =>
  z
    .string({ error: `${name}: нужен текст.` })
    .nullish()
    .transform((text) => clean(text ?? '') || null)
    .refine((text) => (text?.length ?? 0) <= limit, {
      error: `${name}: допустимо не более ${limit} знаков.`,
    });

/** A code from a list that may be left out; null for none. `wrong` is said of anything but text. */
export const optionalCode = (wrong: string) =>
  z
    .string({ error: wrong })
    .nullish()
    .transform((code) => clean(code ?? '') || null);
