import type { z } from 'zod';
import type { Finding, Path } from './fault.ts';
import { didYouMean } from './nearest.ts';

/**
 * Checks a value from a file; `at` is where it stands there. The findings say in Russian what is
 * wrong and what is allowed; messages that the schema gives itself stay as they are.
 */
export function check<T>(
  schema: z.ZodType<T>,
  value: unknown,
  at: Path = [],
): { data: T; findings: [] } | { data: null; findings: Finding[] } {
  const result = schema.safeParse(value, { error: describe });
  if (result.success) return { data: result.data, findings: [] };
  const findings = result.error.issues.flatMap((issue): Finding[] => {
    const path = [...at, ...(issue.path as (string | number)[])];
    if (issue.code !== 'unrecognized_keys') return [{ path, message: issue.message }];
    return issue.keys.map((key) => unknownKey(path, key, issue.message.split(', ')));
  });
  return { data: null, findings };
}

export const unknownKey = (path: Path, key: string, known: string[]): Finding => ({
  path: [...path, key],
  message: `неизвестное поле «${key}»${didYouMean(key, known)}; допустимо: ${known.join(', ')}`,
});

const KINDS: Record<string, string> = {
  string: 'строка (число — в кавычках)',
  number: 'число',
  boolean: 'true или false',
  array: 'список',
  object: 'набор полей',
  record: 'набор полей',
};

function describe(issue: z.core.$ZodRawIssue): string {
  const key = issue.path?.at(-1);
  const field = typeof key === 'string' ? `поле «${key}»` : 'запись';
  const stands = `${field}: ${shown(issue.input)}`;
  if (issue.code === 'unrecognized_keys') {
    // not a message yet: `check` makes one of the keys that are known
    return Object.keys((issue.inst as z.ZodObject).shape).join(', ');
  }
  if (issue.code === 'invalid_type') {
    return `${stands}; допустимо: ${KINDS[issue.expected] ?? issue.expected}`;
  }
  if (issue.code === 'invalid_value') {
    const known = issue.values.map(String);
    const hint = typeof issue.input === 'string' ? didYouMean(issue.input, known) : '';
    return `${stands}${hint}; допустимо: ${known.join(', ')}`;
  }
  if (issue.code === 'too_small') {
    return issue.origin === 'array'
      ? `${field}: список пуст; допустимо: хотя бы одна запись`
      : `${field}: пусто; допустимо: непустая строка`;
  }
  if (issue.code === 'invalid_format' && issue.format === 'email') {
    return `${stands}; допустимо: адрес электронной почты, например priem@smolensk.example`;
  }
  return `${stands}, это не подходит`;
}

/** What stands in the file, as a reader would say it. */
export function shown(input: unknown): string {
  if (input === undefined) return 'не указано';
  if (input === null) return 'значение пустое';
  if (Array.isArray(input)) return 'указан список';
  if (typeof input === 'object') return 'указан набор полей';
  return `указано «${input as string}»`;
}
