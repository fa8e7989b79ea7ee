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

// A year has some hundred thousand of them: split() and Number() take ten times as long.
function numbers(text: string | null): Uint32Array {
  const found = new Uint32Array(text === null ? 0 : (text.length + 1) / 2);
  if (text === null) return found;
  let count = 0;
  let value = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === COMMA) {
      found[count++] = value;
      value = 0;
    } else value = value * 10 + code - ZERO;
  }
  found[count++] = value;
  return found.slice(0, count);
}

const COMMA = ','.charCodeAt(0);
const ZERO = '0'.charCodeAt(0);

/** Exact, of all the answers together. */
export function percentiles(spreads: readonly Spread[]): Percentiles {
  let longest = -1;
  for (const { minutes } of spreads) {
    for (const minute of minutes) if (minute > longest) longest = minute;
  }
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
