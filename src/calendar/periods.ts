import type { Zone } from 'luxon';
import type { Hours } from './hours.ts';
import { datesOf, type LocalDate } from './local-date.ts';
import { FURTHEST_MS, stretches } from './zone-offsets.ts';

/** A half-open stretch of working time, in epoch milliseconds. */
export interface Period {
  readonly start: number;
  readonly end: number;
  /** Working milliseconds of the year before `start`: lets a search spend any limit at one cost. */
  readonly before: number;
}

/**
 * The working periods of a local year, ordered and disjoint, touching ones joined. An instant is in
 * one exactly when the local clock shows a working time: an hour the clocks skip is worked by
 * nobody, an hour they repeat is worked twice.
 */
export function periodsOf(year: number, zone: Zone, hoursOn: (date: LocalDate) => Hours): Period[] {
  const start = Date.UTC(year, 0, 1) - FURTHEST_MS;
  const offsets = stretches(zone, start, Date.UTC(year + 1, 0, 1) + FURTHEST_MS);
  const pieces = datesOf(year).flatMap((date) => {
    const midnight = Date.parse(date);
    return hoursOn(date).flatMap((span) =>
      offsets
        .map((stretch) => ({
          start: Math.max(midnight + span.start * 60_000 - stretch.offset, stretch.start),
          end: Math.min(midnight + span.end * 60_000 - stretch.offset, stretch.end),
        }))
        .filter((piece) => piece.start < piece.end),
    );
  });
  return summed(joined(pieces.sort((a, b) => a.start - b.start)));
}

export interface Piece {
  start: number;
  end: number;
}

/** Touching ones made one; `pieces` are in order, and may be changed. */
export function joined(pieces: Piece[]): Piece[] {
  const result: Piece[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    if (last?.end === piece.start) last.end = piece.end;
    else result.push(piece);
  }
  return result;
}

function summed(pieces: Piece[]): Period[] {
  let before = 0;
  return pieces.map(({ start, end }) => {
    const period = { start, end, before };
    before += end - start;
    return period;
  });
}
