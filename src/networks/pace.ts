import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for its turn. */
export type Pace = (signal?: AbortSignal) => Promise<void>;

/** Calls spaced exactly may still arrive a little closer to each other. */
const MARGIN = 1.05;

/** Spaces calls evenly, at most `perSecond` in any second, in the order in which they came. */
export function createPace(perSecond: number): Pace {
  const gap = (1000 / perSecond) * MARGIN;
  let next = 0;
  return async (signal) => {
    const now = performance.now();
    const turn = Math.max(now, next);
    next = turn + gap;
    if (turn > now) await sleep(Math.ceil(turn - now), undefined, signal && { signal });
  };
}
