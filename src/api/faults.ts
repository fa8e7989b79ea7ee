import type { z } from 'zod';
import type { Fault } from './problem.ts';

const KINDS: Record<string, string> = {
  string: 'строка',
  number: 'число',
  int: 'целое число',
  boolean: 'true или false',
  array: 'список',
  object: 'объект',
};

/** What the schema's own messages leave unsaid, in Russian. */
export function describe(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? 'обязательно'
        : `допустимо: ${KINDS[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `допустимо: ${issue.values.map(String).join(', ')}`;
    case 'unrecognized_keys':
      return 'неизвестное имя';
    case 'too_small':
      return `допустимо: не меньше ${issue.minimum}${unit(issue.origin)}`;
    case 'too_big':
      return `допустимо: не больше ${issue.maximum}${unit(issue.origin)}`;
    case 'invalid_format':
      return issue.format === 'datetime'
        ? 'допустимо: время с поясом, например 2026-11-24T18:00:00+03:00'
        : 'неверный вид значения';
    case 'custom':
    case 'invalid_element':
    case 'invalid_key':
    case 'invalid_union':
    case 'not_multiple_of':
      return 'неверное значение';
  }
}

const UNITS: Record<string, string> = { string: ' знаков', array: ' значений' };
const unit = (origin: string) => UNITS[origin] ?? '';

/** Faults of a query or path by parameter. */
export const parameterFaults = (error: z.ZodError): Fault[] =>
  places(error).map(({ path, detail }) => ({ parameter: String(path[0] ?? ''), detail }));

/** Faults of a body by JSON pointer. */
export const bodyFaults = (error: z.ZodError): Fault[] =>
  places(error).map(({ path, detail }) => ({ pointer: pointer(path), detail }));

/** So many are told, and so much of a wrong name: an answer must not grow with what was sent. */
const MOST_FAULTS = 20;
const LONGEST_NAME = 100;

function places(error: z.ZodError): { path: PropertyKey[]; detail: string }[] {
  return error.issues
    .flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys
            .slice(0, MOST_FAULTS)
            .map((key) => ({ path: [...issue.path, cut(key)], detail: issue.message }))
        : [{ path: issue.path, detail: issue.message }],
    )
    .slice(0, MOST_FAULTS);
}

const cut = (name: string) =>
  name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name;

const pointer = (path: readonly PropertyKey[]) =>
  path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
