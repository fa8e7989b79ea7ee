import { isDeepStrictEqual } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { log } from '../log.ts';
import { runMonitor, type MonitorOptions } from './monitor.ts';

const LOOK_EVERY_MS = 30_000;

/**
 * Reads all networks until `signal` stops it, as `runMonitor` does; when the words that are searched for
 * have changed, it goes on with the new ones.
 */
export async function followWords({
  wordsNow,
  lookEveryMs = LOOK_EVERY_MS,
  ...options
}: MonitorOptions & {
  wordsNow: () => Promise<readonly string[]>;
  lookEveryMs?: number;
}): Promise<void> {
  const { signal } = options;
  let { words } = options;
  while (!signal.aborted) {
    const turn = new AbortController();
    const over = AbortSignal.any([signal, turn.signal]);
    const monitor = runMonitor({ ...options, words, signal: over });
    words = await othersThan(words, wordsNow, lookEveryMs, signal);
    turn.abort();
    await monitor;
  }
}

/** Waits for other words, or for `signal`. */
async function othersThan(
  before: readonly string[],
  wordsNow: () => Promise<readonly string[]>,
  everyMs: number,
  signal: AbortSignal,
): Promise<readonly string[]> {
  while (!signal.aborted) {
    await sleep(everyMs, undefined, { signal }).catch(() => undefined);
    // Whoever looks after the database says when it is away.
    const now = await wordsNow().catch(() => before);
    if (!isDeepStrictEqual(now, before)) {
      log.info({ words: now.length }, 'search words changed');
      return now;
    }
  }
  return before;
}
