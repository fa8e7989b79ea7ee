import { latenessOf, sayMuch } from '../discipline/lateness.ts';
import { SHORTCOMING_STATUSES } from '../discipline/words.ts';
import type { Calendars } from '../registry/calendars.ts';
import type { RegisterRow } from './query.ts';

export const STATE_NAMES: Record<string, string> = {
  unsettled: 'Не закрытые',
  ...Object.fromEntries(
    Object.entries(SHORTCOMING_STATUSES).map(([state, words]) => [state, withCapital(words)]),
  ),
};

export const CLAUSE_NAMES: Record<string, string> = {
  '5': 'Срок возврата (п. 5)',
  '6': 'Срок подготовки ответа (п. 6)',
  '8': 'Срок рассмотрения куратором (п. 8)',
  '9': 'Срок доработки (п. 9)',
  substance: 'По существу (п. 11, 12)',
};

/** By how much the clock was missed, as known at `at`; null for a fault of substance. */
export function latenessIn(row: RegisterRow, calendars: Calendars, at: Date): string | null {
  const { clock, dueAt, stoppedAt } = row;
  if (clock === null || dueAt === null) return null;
  const lateness = latenessOf({ ...clock, dueAt, stoppedAt }, calendars.of(row.hours), at);
  return `${sayMuch(lateness)}${lateness.stoppedAt ? '' : ', идёт'}`;
}

/** Null: the first of the executor within the days that count, or nobody was in charge. */
export const repeatedIn = ({ repeats, status }: RegisterRow): number | null =>
  repeats > 1 && status !== 'withdrawn' && status !== 'unfounded' ? repeats : null;

function withCapital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
