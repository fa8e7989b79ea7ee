import type { z } from 'zod';
import type { CompleteDefinition } from '../calendar/definition.ts';
import { check, shown } from './check.ts';
import { code } from './code.ts';
import type { Finding } from './fault.ts';
import { checkHours } from './hours.ts';
import type { Entry } from './parts.ts';

/** The records of a file that is a list: those without faults, and the faults of the others. */
export function readList<T>(
  value: unknown,
  schema: z.ZodType<T>,
): { entries: Entry<T>[]; findings: Finding[] } {
  if (!Array.isArray(value)) {
    return { entries: [], findings: [notA('список записей, каждая начинается с «- »', value)] };
  }
  const checked = value.map((record: unknown, index) => ({
    index,
    ...check(schema, record, [index]),
  }));
  return {
    entries: checked.flatMap(({ index, data }) => (data === null ? [] : [{ index, record: data }])),
    findings: checked.flatMap(({ findings }) => findings),
  };
}

/** The named hours of `hours.yaml`, likewise. */
export function readHours(value: unknown): {
  hours: Record<string, CompleteDefinition>;
  findings: Finding[];
} {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return {
      hours: {},
      findings: [notA('режимы рабочего времени, каждый со своим именем', value)],
    };
  }
  const hours: Record<string, CompleteDefinition> = {};
  const findings = Object.entries(value).flatMap(([name, definition]): Finding[] => {
    const { data, findings } = checkHours(definition, [name]);
    if (data) hours[name] = data;
    return [...check(code, name, [name]).findings, ...findings];
  });
  return { hours, findings };
}

const notA = (what: string, value: unknown): Finding => ({
  path: [],
  message: `содержимое файла: ${shown(value)}; допустимо: ${what}`,
});
