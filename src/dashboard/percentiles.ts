/**
 * How long answers took, as figures keep it: numbers of minutes and how many answers took each, separated
 * by commas; a number may stand there more than once. Null: there was no answer.
 */
export interface Spread {
  minutes: string | null;
  times: string | null;
}

/** The least numbers of minutes in which half, and nine tenths, of the answers were there; null: none was. */
export interface Percentiles {
  median: number | null;
  ninetieth: number | null;
}

/** Exact, of all the answers together. */
export function percentiles(spreads: readonly Spread[]): Percentiles {
  const times = new Map<number, number>();
  let answers = 0;
  for (const spread of spreads) {
    const counts = numbers(spread.times);
    numbers(spread.minutes).forEach((minute, at) => {
      times.set(minute, (times.get(minute) ?? 0) + counts[at]!);
      answers += counts[at]!;
    });
  }
  const minutes = Float64Array.from(times.keys()).sort();
  const within = (part: number): number | null => {
    let upto = 0;
    return minutes.find((minute) => (upto += times.get(minute)!) >= part * answers) ?? null;
  };
  return { median: within(0.5), ninetieth: within(0.9) };
}

/** The figures with their percentiles in place of what these are made of. */
export const withPercentiles = <Row extends Spread>({ minutes, times, ...row }: Row) => ({
  ...row,
  ...percentiles([{ minutes, times }]),
});

const numbers = (text: string | null): number[] => text?.split(',').map(Number) ?? [];
