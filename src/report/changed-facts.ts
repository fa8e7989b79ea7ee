import { localTime, spokenDuration } from '../procedure/local-time.ts';
import type { MonthlyRow, MonthlyRows, MonthlySnapshot, Sheet } from '../procedure/monthly.ts';
import { countingOf } from './rows-behind.ts';
import { SHEETS, type SheetColumn } from './sheets.ts';

/** A document names so many facts of a figure; the others are counted. */
const NAMED = 5;

/** What happened to the rows behind a figure between two looks at them, in Russian. */
export function changedFacts(
  figure: string,
  before: MonthlyRows,
  after: MonthlyRows,
  { zone, names }: Pick<MonthlySnapshot, 'zone' | 'names'>,
): string[] {
  const { sheet, cell, counts } = countingOf(figure, names);
  const byId = (rows: MonthlyRows) => new Map(rows[sheet].map((row) => [row.id, row]));
  const [then, now] = [byId(before), byId(after)];
  const column = SHEETS[sheet].columns.find(({ key }) => key === cell);
  const told: string[] = [];
  for (const id of new Set([...then.keys(), ...now.keys()])) {
    const [was, is] = [then.get(id), now.get(id)];
    if (![was, is].some((row) => row && counts(row))) continue;
    if (was === undefined && is) told.push(`учтено позже: ${described(sheet, is, zone)}`);
    else if (is === undefined && was) {
      told.push(`больше не учитывается: ${described(sheet, was, zone)}`);
    } else if (was && is && column && (was[column.key] ?? null) !== (is[column.key] ?? null)) {
      const value = `${column.title.toLowerCase()} – ${shown(column, is, zone)}`;
      told.push(`${described(sheet, is, zone)}: ${value}`);
    }
  }
  return told.length <= NAMED
    ? told
    : [...told.slice(0, NAMED), `и другие факты: ${told.length - NAMED}`];
}

function described(sheet: Sheet, row: MonthlyRow, zone: string): string {
  const at = typeof row['at'] === 'string' ? ` от ${localTime(new Date(row['at']), zone)}` : '';
  return `${SHEETS[sheet].fact}${at} (${String(row['url'] ?? '')})`;
}

function shown({ key, kind }: SheetColumn, row: MonthlyRow, zone: string): string {
  const value = row[key] ?? null;
  if (value === null) return 'нет';
  if (kind === 'time') return localTime(new Date(String(value)), zone);
  if (kind === 'span') return spokenDuration(Number(value));
  if (kind === 'flag') return value === true ? 'да' : 'нет';
  return String(value).toLowerCase();
}
