/**
 * A day of the local calendar as `YYYY-MM-DD`. `Date.parse` of one is its midnight read as if the
 * zone were UTC: the "wall" milliseconds that `zone-offsets.ts` turns into instants.
 */
export type LocalDate = string;

const DAY_MS = 86_400_000;

/** Every day of a year, in order. */
export function datesOf(year: number): LocalDate[] {
  const dates: LocalDate[] = [];
  for (let wall = Date.UTC(year, 0, 1); wall < Date.UTC(year + 1, 0, 1); wall += DAY_MS) {
    dates.push(fromWall(wall));
  }
  return dates;
}

export const nextDate = (date: LocalDate): LocalDate => fromWall(Date.parse(date) + DAY_MS);

/** 0 is Sunday, 6 Saturday. */
export const weekdayOf = (date: LocalDate): number => new Date(date).getUTCDay();

export const isWeekend = (date: LocalDate): boolean => [0, 6].includes(weekdayOf(date));

const fromWall = (wall: number): LocalDate => new Date(wall).toISOString().slice(0, 10);
