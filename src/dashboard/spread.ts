/** How long answers took: numbers of minutes, and how many answers took each. */
export interface Spread {
  minutes: Uint32Array;
  times: Uint32Array;
}

/** The least numbers of minutes in which half, and nine tenths, of the answers were there; null: none was. */
export interface Percentiles {
  median: number | null;
  ninetieth: number | null;
}

/** Reads numbers that stand one after the other, with commas between them; null: there are none. */
export const spreadOf = (minutes: string | null, times: string | null): Spread => ({
  minutes: numbers(minutes),
  times: numbers(times),
});

function numbers(text: string | null): Uint32Array {
  return text === null ? new Uint32Array() : Uint32Array.from(text.split(','), Number);
}

/** Exact, of all the answers together. */
export function percentiles(spreads: readonly Spread[]): Percentiles {
  const longest = spreads.reduce((most, { minutes }) => minutes.reduce(larger, most), -1);
  const times = new Uint32Array(longest + 1);
  let answers = 0;
  for (const spread of spreads) {
    for (let at = 0; at < spread.minutes.length; at++) {
      times[spread.minutes[at]!]! += spread.times[at]!;
      answers += spread.times[at]!;
    }
  }
  const within = (part: number): number | null => {
    let upto = 0;
    for (let minute = 0; minute <= longest; minute++) {
      upto += times[minute]!;
      if (upto >= part * answers) return minute;
    }
    return null;
  };
  return { median: within(0.5), ninetieth: within(0.9) };
}

const larger = (one: number, other: number): number => Math.max(one, other);
