/** Does one round of work and tells how many pieces that were. */
export type Work = () => number;

const ROUNDS = 7;
const ROUND_MS = 250;

/** Pieces per second of each: the median of rounds that take turns, so that all meet the same machine. */
export function rates<Name extends string>(works: Record<Name, Work>): Record<Name, number> {
  const names = Object.keys(works) as Name[];
  const measured = Object.fromEntries(names.map((name) => [name, [] as number[]]));
  // The first round warms up.
  for (let i = 0; i <= ROUNDS; i++) {
    for (const name of names) {
      const rate = rateOf(works[name]);
      if (i > 0) measured[name]?.push(rate);
    }
  }
  const median = (name: Name) => measured[name]!.sort((a, b) => a - b)[(ROUNDS - 1) / 2]!;
  return Object.fromEntries(names.map((name) => [name, median(name)])) as Record<Name, number>;
}

function rateOf(work: Work): number {
  const start = performance.now();
  let pieces = 0;
  let elapsed = 0;
  while (elapsed < ROUND_MS) {
    pieces += work();
    elapsed = performance.now() - start;
  }
  return (pieces / elapsed) * 1_000;
}
