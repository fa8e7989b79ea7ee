import { IANAZone } from 'luxon';
import { escapeXml } from './xml.ts';

/**
 * A cell: text, a number, an instant as the region's clock shows it (a serial day), a duration in hours,
 * or nothing.
 */
export type Cell = string | number | { day: number } | { hours: number } | null;

export interface Column {
  title: string;
  /** In characters. */
  width: number;
  /** An address or a number of a record: stays in its line instead of going on in the next. */
  link?: boolean;
}

export type RowKind = 'plain' | 'head' | 'total';

/** How cells look, by their number in the workbook's styles. */
const STYLES = {
  plain: { text: 0, number: 1, day: 2, hours: 3, link: 4 },
  head: { text: 5, number: 5, day: 5, hours: 5, link: 5 },
  total: { text: 6, number: 7, day: 7, hours: 8, link: 6 },
} as const;

/** The format takes no longer text. */
const LONGEST = 32_767;

/** The letter of the column `at`, from 0. */
export const letterOf = (at: number): string => String.fromCharCode(65 + at);

export function rowXml(
  cells: readonly Cell[],
  row: number,
  kind: RowKind,
  columns: readonly Column[],
): string {
  const styles = STYLES[kind];
  let lines = 1;
  let xml = '';
  for (let at = 0; at < columns.length; at++) {
    const cell = cells[at] ?? null;
    const { width, link = false } = columns[at]!;
    const place = `<c r="${letterOf(at)}${row}" s="`;
    if (cell === null) xml += `${place}${styles.text}"/>`;
    else if (typeof cell === 'number') xml += `${place}${styles.number}"><v>${cell}</v></c>`;
    else if (typeof cell === 'string') {
      const text = escapeXml(cell.slice(0, LONGEST));
      const style = link ? styles.link : styles.text;
      xml += `${place}${style}" t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`;
      if (!link && cell.length > width / LETTER) lines = Math.max(lines, linesOf(cell, width));
    } else if ('day' in cell) xml += `${place}${styles.day}"><v>${cell.day}</v></c>`;
    else xml += `${place}${styles.hours}"><v>${cell.hours}</v></c>`;
  }
  const height = Math.min(kind === 'head' ? HEAD : lines * LINE, HIGHEST);
  return `<row r="${row}" ht="${height}" customHeight="1">${xml}</row>`;
}

/** Points. Not every program makes a row as high as its text when it opens a file. */
const LINE = 15;
const HEAD = 3 * LINE + 3;
const HIGHEST = 409;
/** How wide a letter is with what is lost at the end of a line, in the format's characters. */
const LETTER = 1.15;

/** In how many lines a text stands in a column. */
const linesOf = (text: string, width: number): number =>
  text
    .split('\n')
    .reduce((lines, part) => lines + Math.max(1, Math.ceil((part.length * LETTER) / width)), 0);

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
