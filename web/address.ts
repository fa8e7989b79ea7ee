import type { ListName } from '../src/dashboard/lists.ts';

/** What narrows the page down, as it stands in the address bar. */
export const FIELDS = ['from', 'to', 'agency', 'network', 'topic', 'municipality'] as const;
export type Field = (typeof FIELDS)[number];
export type Chosen = Partial<Record<Field, string>>;

export function readAddress(search: string): Chosen {
  const query = new URLSearchParams(search);
  return Object.fromEntries(
    FIELDS.flatMap((field) => {
      const value = query.get(field);
      return value ? [[field, value]] : [];
    }),
  );
}

/** What narrows down also that which has no period. */
export const withoutPeriod = (chosen: Chosen): Chosen => ({ ...chosen, from: '', to: '' });

export function toQuery(chosen: Chosen, more: Record<string, string> = {}): string {
  const entries = Object.entries({ ...chosen, ...more });
  return new URLSearchParams(entries.filter(([, value]) => value !== '')).toString();
}

const OF_NOW: readonly ListName[] = ['work', 'overdue', 'soon', 'today'];

/** The address of the list behind a figure. */
export function listAddress(
  list: ListName,
  chosen: Chosen,
  more: Chosen & { late?: 'yes' | 'no' } = {},
): string {
  const { from, to, ...codes } = chosen;
  const period = OF_NOW.includes(list) ? {} : { from, to };
  return `/messages?${toQuery({ ...period, ...codes } as Chosen, { list, ...more })}`;
}

/** The address of the reports to the Governor that were opened in the period. */
export const urgentAddress = ({ from = '', to = '' }: Chosen): string =>
  `/urgent?${toQuery({ from, to })}`;
