import { setTimeout as sleep } from 'node:timers/promises';

const LONGEST_MS = 30_000;

export interface Waiting {
  /** Called between looks. */
  meanwhile?: () => Promise<unknown>;
  /** What to tell when it was in vain. */
  explain?: () => string;
  longestMs?: number;
}

/** Waits until `check` gives something truthy and returns it; an AssertionError of `check` counts as not yet. */
export async function eventually<T>(
  what: string,
  check: () => T | Promise<T>,
  { meanwhile, explain, longestMs = LONGEST_MS }: Waiting = {},
): Promise<NonNullable<T>> {
  const end = performance.now() + longestMs;
  for (;;) {
    const value = await check();
    if (value) return value;
    if (performance.now() > end) {
      throw new Error(`waited ${longestMs / 1000} s in vain for: ${what}\n${explain?.() ?? ''}`);
    }
    await meanwhile?.();
    await sleep(40);
  }
}
