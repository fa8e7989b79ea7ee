import { DateTime } from 'luxon';
import { z } from 'zod';
import { SHORTCOMING_STATES } from '../db/entities/shortcoming.ts';
import { InputError } from '../errors.ts';

const day = z
  .string()
  .refine((text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && DateTime.fromISO(text).isValid);
const code = z.string().regex(/^[\w.-]{1,64}$/);

/** The states by which the register is narrowed down; `unsettled` are all that are not closed. */
export const STATES = ['unsettled', ...SHORTCOMING_STATES] as const;
/** A clause whose deadline was missed, or a fault of substance. */
export const CLAUSES = ['5', '6', '8', '9', 'substance'] as const;

const address = z.object({
  agency: code.optional(),
  executor: code.optional(),
  state: z.enum(STATES).optional(),
  clause: z.enum(CLAUSES).optional(),
  from: day.optional(),
  to: day.optional(),
});

/** What narrows the register down; stands in the address. Days are of the region's zone. */
export type RegisterFilters = z.output<typeof address>;

const NAMES: Record<string, string> = {
  agency: 'орган',
  executor: 'исполнитель',
  state: 'состояние',
  clause: 'пункт',
  from: 'начало периода',
  to: 'конец периода',
};

/**
 * Reads the filters of an address; empty ones count as absent.
 * @throws InputError that names the one that is wrong.
 */
export function readRegisterFilters(query: Record<string, unknown>): RegisterFilters {
  const given = Object.entries(query).filter(([, value]) => value !== '');
  const parsed = address.safeParse(Object.fromEntries(given));
  if (!parsed.success) {
    const name = String(parsed.error.issues[0]?.path[0]);
    throw new InputError(`Неверный отбор: ${NAMES[name] ?? name}. Выберите значение из списка.`);
  }
  const { from, to } = parsed.data;
  if (from && to && from > to) {
    throw new InputError('Неверный отбор: начало периода позже его конца.');
  }
  return parsed.data;
}

/** The filters as they stand in an address, with `more` behind them. */
export function registerAddress(
  filters: RegisterFilters,
  more: Record<string, string> = {},
): string {
  const entries = Object.entries({ ...filters, ...more }).filter(([, value]) => value);
  return new URLSearchParams(entries as [string, string][]).toString();
}
