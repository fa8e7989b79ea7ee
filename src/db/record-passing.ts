import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from './data-source.ts';
import { recordPassed, type Passed } from './process-path.ts';

/** Between two statements, for each element that the last one took: a busy application makes few of them. */
const PAUSE_MS = 25;
const LONGEST_PAUSE_MS = 100;

/**
 * Records what processes pass, and resolves when it is stored. One statement goes at a time and takes
 * all that came meanwhile.
 */
export function recordPassing(db: Database): (passed: Passed) => Promise<void> {
  let free: Promise<unknown> = Promise.resolve();
  let next: { all: Passed[]; stored: Promise<void> } | null = null;
  const begin = () => {
    const all: Passed[] = [];
    const stored = free.then(() => {
      next = null;
      return recordPassed(db.manager, all);
    });
    free = stored.catch(() => undefined).then(() => sleep(pauseAfter(all)));
    return { all, stored };
  };
  return (passed) => {
    next ??= begin();
    next.all.push(passed);
    return next.stored;
  };
}

const pauseAfter = ({ length }: readonly Passed[]): number =>
  Math.min(length * PAUSE_MS, LONGEST_PAUSE_MS);
