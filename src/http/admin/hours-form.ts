import { at, put, sent, type Field, type Values } from './fields.ts';
import { WEEKDAY_NAMES } from './labels.ts';

const INTERVALS = 'например 09:00-13:00, 14:00-18:00; пусто — выходной';

/** The form of one record of `hours.yaml`. */
export const hoursFields: readonly Field[] = [
  {
    name: 'name',
    label: 'Имя режима',
    hint: 'строчные латинские буквы, цифры и дефис; потом не меняется',
    kind: 'text',
    fixed: true,
  },
  { name: 'zone', label: 'Часовой пояс', hint: 'например Europe/Moscow', kind: 'text' },
  ...Object.entries(WEEKDAY_NAMES).map(([day, label], index): Field => ({
    name: `week.${day}`,
    label,
    kind: 'text',
    ...(index === 0 && { hint: INTERVALS }),
  })),
  {
    name: 'shortenBy',
    label: 'Предпраздничный день короче на',
    hint: 'PT1H — на час, PT0S — не короче',
    kind: 'text',
  },
  { name: 'observeHolidays', label: 'Праздники — выходные дни', kind: 'flag' },
  {
    name: 'days',
    label: 'Исключения по датам',
    hint: 'по одному в строке: 2026-06-15: или 2026-06-20: 10:00-14:00',
    kind: 'long',
  },
];

/** A record as the form shows it. */
export function hoursValues(record: unknown): Values {
  const days = (at(record, 'days') ?? {}) as Record<string, string[]>;
  return Object.fromEntries(
    hoursFields.map(({ name, kind }) => {
      const value = at(record, name);
      if (name === 'days') return [name, Object.entries(days).map(lineOf).join('\n')];
      if (kind === 'flag') return [name, value === false ? '' : 'on'];
      if (Array.isArray(value)) return [name, value.join(', ')];
      return [name, typeof value === 'string' ? value : ''];
    }),
  );
}

const lineOf = ([date, intervals]: [string, string[]]): string =>
  `${date}: ${intervals.join(', ')}`.trim();

/** What the form says, as `hours.yaml` would hold it. */
export function hoursFrom(
  body: Record<string, unknown>,
  _fields: readonly Field[],
  before: unknown,
): Record<string, unknown> {
  const record: Record<string, unknown> = {
    name: at(before, 'name') ?? sent(body, 'name'),
    zone: sent(body, 'zone'),
    week: {},
    shortenBy: sent(body, 'shortenBy') || 'PT0S',
    observeHolidays: sent(body, 'observeHolidays') === 'on',
  };
  for (const day of Object.keys(WEEKDAY_NAMES)) {
    const intervals = listOf(sent(body, `week.${day}`));
    put(record, `week.${day}`, intervals.length > 0 ? intervals : undefined);
  }
  const lines = sent(body, 'days').split(/\r?\n/).filter(Boolean);
  if (lines.length > 0) record['days'] = Object.fromEntries(lines.map(dayOf));
  return record;
}

function dayOf(line: string): [string, string[]] {
  const [, date = '', intervals = ''] = /^([^:\s]+):?(.*)$/.exec(line.trim()) ?? [];
  return [date, listOf(intervals)];
}

const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim().replace(/\s*[-–—]\s*/, '-'))
    .filter(Boolean);
