import { IANAZone } from 'luxon';
import { escapeXml } from './xml.ts';

/**
 * A cell: text, a number, an instant as the region's clock shows it (a serial day), a duration in hours,
 * or nothing.
 */
export type Cell = string | number | { day: number } | { hours: number } | null;

export type RowKind = 'plain' | 'head' | 'total';

/** How cells look, by their number in the workbook's styles. */
const STYLES = {
  plain: { text: 0, number: 1, day: 2, hours: 3 },
  head: { text: 4, number: 4, day: 4, hours: 4 },
  total: { text: 5, number: 6, day: 6, hours: 7 },
} as const;

/** The format takes no longer text. */
const LONGEST = 32_767;

/** The letter of the column `at`, from 0. */
export const letterOf = (at: number): string => String.fromCharCode(65 + at);

export function rowXml(cells: readonly Cell[], row: number, kind: RowKind): string {
  const styles = STYLES[kind];
  let xml = '';
  for (let at = 0; at < cells.length; at++) {
    const cell = cells[at] ?? null;
    if (cell === null) continue;
    const place = `<c r="${letterOf(at)}${row}" s="`;
    if (typeof cell === 'number') xml += `${place}${styles.number}"><v>${cell}</v></c>`;
    else if (typeof cell === 'string') {
      const text = escapeXml(cell.slice(0, LONGEST));
      xml += `${place}${styles.text}" t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`;
    } else if ('day' in cell) xml += `${place}${styles.day}"><v>${cell.day}</v></c>`;
    else xml += `${place}${styles.hours}"><v>${cell.hours}</v></c>`;
  }
  return `<row r="${row}"${kind === 'head' ? HEAD : ''}>${xml}</row>`;
}

const HEAD = ' ht="48" customHeight="1"';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** 1.1.1970. */
const EPOCH_DAY = 25_569;

/** Instants as the clocks of `zone` show them, in days since 30.12.1899: the format knows no zones. */
export function serialDays(zone: string): (at: Date | null) => Cell {
  const clocks = IANAZone.create(zone);
  const offsets = new Map<number, number>();
  return (at) => {
    if (at === null) return null;
    const ms = at.getTime();
    const hour = Math.floor(ms / HOUR_MS);
    const offset = offsets.get(hour) ?? clocks.offset(hour * HOUR_MS);
    offsets.set(hour, offset);
    return { day: (ms + offset * MINUTE_MS) / DAY_MS + EPOCH_DAY };
  };
}
