/** Random numbers that are the same for the same seed. */
export interface Random {
  /** In `[0, 1)`. */
  next(): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  /** Spread like times of work: few short, most near `median`, some several times as long. */
  around(median: number, spread: number): number;
  /** One of them, by weight. */
  pick<T>(choices: readonly (readonly [T, number])[]): T;
  one<T>(choices: readonly T[]): T;
  uuid(): string;
}

/** Mulberry32. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const hex = () =>
    Math.floor(next() * 2 ** 32)
      .toString(16)
      .padStart(8, '0');
  return {
    next,
    chance: (probability) => next() < probability,
    around: (median, spread) => {
      const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
      return median * Math.exp(spread * normal);
    },
    pick: (choices) => {
      const total = choices.reduce((sum, [, weight]) => sum + weight, 0);
      let left = next() * total;
      for (const [choice, weight] of choices) {
        left -= weight;
        if (left < 0) return choice;
      }
      return choices.at(-1)![0];
    },
    one: (choices) => choices[Math.floor(next() * choices.length)]!,
    uuid: () => {
      const text = hex() + hex() + hex() + hex();
      return text.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-8$3-8$4-$5');
    },
  };
}
