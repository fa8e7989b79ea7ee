const FIRST_MS = 1_000;
const LONGEST_MS = 60_000;

const tries = new Map<string, number>();

/** Waiting times that double from a second to a minute, with jitter, counted by key. */
export const backOff = {
  next(key: string): number {
    const tried = tries.get(key) ?? 0;
    tries.set(key, tried + 1);
    const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** tried);
    return Math.round(ceiling * (0.5 + Math.random() / 2));
  },
  forget(key: string): void {
    tries.delete(key);
  },
};
