import { z } from 'zod';
import { calendarDefinition, type CompleteDefinition } from '../calendar/definition.ts';
import { parseHours } from '../calendar/hours.ts';
import { unknownKey, shown } from './check.ts';
import type { Finding, Path } from './fault.ts';

/** The hours of an agency that names none, and of the region as a whole. */
export const DEFAULT_HOURS = 'default';

const INTERVALS =
  "промежутки ЧЧ:ММ-ЧЧ:ММ по порядку, без наложений, от 00:00 до 24:00, например ['09:00-13:00', '14:00-18:00']; [] — выходной";
const FIELDS = Object.keys(calendarDefinition.shape);
const DAYS = Object.keys(calendarDefinition.shape.week.shape);
const ALLOWED: Record<string, string> = {
  zone: 'часовой пояс IANA, например Europe/Moscow',
  week: `дни недели: ${DAYS.join(', ')}, хотя бы один с рабочим временем`,
  shortenBy: 'длительность, например PT1H',
  days: "даты ГГГГ-ММ-ДД с рабочими промежутками, например '2026-06-15': []",
  observeHolidays: 'true или false',
};

/** Checks one record of `hours.yaml`: what is wrong with it stands at the interval it is about. */
export function checkHours(
  value: unknown,
  at: Path,
): { data: CompleteDefinition; findings: [] } | { data: null; findings: Finding[] } {
  const result = calendarDefinition.safeParse(value);
  if (result.success) return { data: result.data, findings: [] };
  const findings = result.error.issues.flatMap((issue): Finding[] => {
    const path = issue.path as (string | number)[];
    if (issue.code === 'unrecognized_keys') {
      const known = path.length === 0 ? FIELDS : DAYS;
      return issue.keys.map((key) => unknownKey([...at, ...path], key, known));
    }
    return [describe(value, path, at)];
  });
  return { data: null, findings };
}

function describe(value: unknown, path: (string | number)[], at: Path): Finding {
  const [field, day] = path;
  const input = path.reduce<unknown>((inner, step) => (inner as never)?.[step], value);
  if (field === undefined) {
    return { path: at, message: `режим: ${shown(input)}; допустимо: ${FIELDS.join(', ')}` };
  }
  if (day === undefined || (field === 'days' && !isDate(String(day)))) {
    const what = day === undefined ? `поле «${field}»: ${shown(input)}` : `неверная дата «${day}»`;
    return { path: [...at, ...path], message: `${what}; допустимо: ${ALLOWED[field]}` };
  }
  const wrong = Array.isArray(input) ? firstWrong(input) : null;
  return {
    path: [...at, ...path, ...(wrong === null ? [] : [wrong])],
    message: `рабочее время «${day}»: ${shown(wrong === null ? input : (input as unknown[])[wrong])}; допустимо: ${INTERVALS}`,
  };
}

const isDate = (day: string): boolean => z.iso.date().safeParse(day).success;

/** The index of the first interval that is not allowed after those before it. */
function firstWrong(intervals: unknown[]): number | null {
  const index = intervals.findIndex((_, i) => {
    try {
      parseHours(intervals.slice(0, i + 1).map(String));
      return false;
    } catch {
      return true;
    }
  });
  return index < 0 ? null : index;
}
