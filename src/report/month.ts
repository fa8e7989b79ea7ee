import { DateTime } from 'luxon';
import { z } from 'zod';

/** `2026-10`: a month of the region's calendar. */
export const month = z.string().regex(/^20\d{2}-(0[1-9]|1[0-2])$/);

/** The instants between which a month lies in `zone`; half-open. */
export function boundsOf(month: string, zone: string): { from: Date; to: Date } {
  const first = DateTime.fromISO(`${month}-01`, { zone });
  return { from: first.toJSDate(), to: first.plus({ months: 1 }).toJSDate() };
}

/** The month before the one in which `at` lies in `zone`. */
export const monthBefore = (at: Date, zone: string): string =>
  DateTime.fromJSDate(at, { zone }).minus({ months: 1 }).toFormat('yyyy-MM');

/** The month that lies so many months before `month`. */
export const monthsBack = (month: string, months: number): string =>
  DateTime.fromISO(`${month}-01`).minus({ months }).toFormat('yyyy-MM');

/** `октябрь 2026 года` */
export const monthTitle = (month: string): string => `${nameOf(month, 'LLLL')} года`;

/** `октябре 2026 года`, after «в». */
export function inMonth(month: string): string {
  const [year, number] = month.split('-');
  return `${PREPOSITIONAL[Number(number) - 1]} ${year} года`;
}

/** `с 1 по 31 октября 2026 года` */
export function periodOf(month: string): string {
  const days = DateTime.fromISO(`${month}-01`).daysInMonth;
  return `с 1 по ${days} ${nameOf(month, 'MMMM')} года`;
}

/** `окт. 2026`, where there is little room. */
export function shortMonth(month: string): string {
  const [year, number] = month.split('-');
  return `${SHORT[Number(number) - 1]} ${year}`;
}

const nameOf = (month: string, form: 'LLLL' | 'MMMM'): string =>
  DateTime.fromISO(`${month}-01`, { locale: 'ru' }).toFormat(`${form} yyyy`);

const PREPOSITIONAL = [
  ...['январе', 'феврале', 'марте', 'апреле', 'мае', 'июне'],
  ...['июле', 'августе', 'сентябре', 'октябре', 'ноябре', 'декабре'],
];
const SHORT = [
  ...['янв.', 'февр.', 'март', 'апр.', 'май', 'июнь'],
  ...['июль', 'авг.', 'сент.', 'окт.', 'нояб.', 'дек.'],
];
