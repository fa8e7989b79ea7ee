/** Random choices that are the same for the same seed. */
export interface Dice {
  /** A whole number, both ends included. */
  int: (from: number, to: number) => number;
  chance: (share: number) => boolean;
  pick: <T>(list: readonly T[]) => T;
  /** One of the keys, each as likely as its weight says. */
  weighted: <Key extends string>(weights: Readonly<Record<Key, number>>) => Key;
  shuffled: <T>(list: readonly T[]) => T[];
}

/** A seed of its own for each purpose keeps one choice from changing all that follow. */
export function dice(...seed: (string | number)[]): Dice {
  const next = numbers(seed.join(' '));
  const it: Dice = {
    int: (from, to) => from + Math.floor(next() * (to - from + 1)),
    chance: (share) => next() < share,
    pick: <T>(list: readonly T[]) => list[it.int(0, list.length - 1)]!,
    weighted<Key extends string>(weights: Readonly<Record<Key, number>>) {
      const keys = Object.keys(weights) as Key[];
      let left = next() * keys.reduce((sum, key) => sum + weights[key], 0);
      return keys.find((key) => (left -= weights[key]) < 0) ?? keys[0]!;
    },
    shuffled<T>(list: readonly T[]) {
      const left = [...list];
      return list.map(() => left.splice(it.int(0, left.length - 1), 1)[0]!);
    },
  };
  return it;
}

/** Mulberry32 over an FNV-1a hash of the seed: numbers from 0 (included) to 1. */
function numbers(seed: string): () => number {
  let state = 2_166_136_261;
  for (const char of seed) state = Math.imul(state ^ char.codePointAt(0)!, 16_777_619);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
