import { DateTime } from 'luxon';
import { z } from 'zod';
import { InputError } from '../errors.ts';

const day = z
  .string()
  .refine((text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && DateTime.fromISO(text).isValid);
const code = z.string().regex(/^[\w.-]{1,64}$/);

const address = z.object({
  from: day.optional(),
  to: day.optional(),
  agency: code.optional(),
  network: code.optional(),
  topic: code.optional(),
  municipality: code.optional(),
});

const ALLOWED: Record<string, string> = {
  from: 'первый день периода, например 2026-10-01',
  to: 'последний день периода, например 2026-10-31',
};

/** The first and the last day of a period, `2026-10-31`, in the region's zone. */
export interface Days {
  from: string;
  to: string;
}

/** What narrows the figures and lists down; stands in the address. */
export interface Filters extends Days {
  agency?: string;
  network?: string;
  topic?: string;
  municipality?: string;
}

/** The fields by which messages are told apart. */
export const DIMENSIONS = ['network', 'topic', 'municipality'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** The days that a page shows unless its address says otherwise. */
const USUAL_DAYS = 30;

/**
 * Reads the filters of an address; empty ones count as absent.
 * @throws InputError that says which one is wrong and what is allowed.
 */
export function readFilters(query: Record<string, unknown>, now: DateTime): Filters {
  const given = Object.entries(query).filter(([, value]) => value !== '' && value !== undefined);
  const parsed = address.safeParse(Object.fromEntries(given));
  if (!parsed.success) {
    const name = String(parsed.error.issues[0]?.path[0]);
    throw new InputError(
      `Неверный отбор: ${name}; допустимо: ${ALLOWED[name] ?? 'код из списка'}.`,
    );
  }
  const { from, to, ...codes } = parsed.data;
  const last = to ?? (from !== undefined && from > today(now) ? from : today(now));
  const first =
    from ??
    DateTime.fromISO(last)
      .minus({ days: USUAL_DAYS - 1 })
      .toISODate()!;
  if (first > last) {
    throw new InputError('Неверный отбор: начало периода позже его конца.');
  }
  return { from: first, to: last, ...present(codes) };
}

const today = (now: DateTime): string => now.toISODate() ?? '';

/** The filters as they stand in an address, with `more` behind them. */
export function toAddress(filters: Partial<Filters>, more: Record<string, string> = {}): string {
  return new URLSearchParams(present({ ...filters, ...more })).toString();
}

/** The filters that hold whatever the period. */
export const withoutPeriod = ({
  agency,
  network,
  topic,
  municipality,
}: Filters): Partial<Filters> => present({ agency, network, topic, municipality });

function present(values: Record<string, string | undefined>): Record<string, string> {
  const kept = Object.entries(values).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(kept) as Record<string, string>;
}

/** The instants between which the days lie in `zone`; half-open. */
export function boundsOf({ from, to }: Days, zone: string): { from: Date; to: Date } {
  return {
    from: DateTime.fromISO(from, { zone }).toJSDate(),
    to: DateTime.fromISO(to, { zone }).plus({ days: 1 }).toJSDate(),
  };
}

/** `С 01.10.2026 по 31.10.2026` */
export function periodWords({ from, to }: Days): string {
  const day = (text: string) => DateTime.fromISO(text).toFormat('dd.MM.yyyy');
  return from === to ? `За ${day(from)}` : `С ${day(from)} по ${day(to)}`;
}

/** How a period is cut for a trend, so that it has from a few to some forty points, and whole months count as such. */
export function bucketOf({ from, to }: Filters): 'day' | 'week' | 'month' {
  const days = DateTime.fromISO(to).diff(DateTime.fromISO(from), 'days').days;
  return days <= 45 ? 'day' : days <= 100 ? 'week' : 'month';
}
