import { setTimeout as sleep } from 'node:timers/promises';
import { log } from '../log.ts';
import { isEngineAway } from './away.ts';
import { backOff } from './back-off.ts';
import type { Job } from './activate-jobs.ts';

/** gRPC: not found, failed precondition. */
const SETTLED = new Set([5, 9]);
const LONGEST_PAUSE_MS = 5_000;

/**
 * Tells the engine what became of a job, again and again while the engine is away. At `until` (by
 * `performance.now`) the engine gives the job out again, so what this try did is told no more.
 */
export async function tell(
  job: Job,
  until: () => number,
  call: () => Promise<unknown>,
): Promise<void> {
  const key = `tell ${job.key}`;
  try {
    for (;;) {
      try {
        await call();
        return;
      } catch (error) {
        if (isSettled(error)) {
          log.debug({ jobType: job.type, element: job.elementId }, 'job settled otherwise');
          return;
        }
        if (!isEngineAway(error)) throw error;
      }
      const pause = Math.min(LONGEST_PAUSE_MS, backOff.next(key));
      if (performance.now() + pause > until()) return;
      await sleep(pause);
    }
  } finally {
    backOff.forget(key);
  }
}

/** Another worker has done it, or its process was cancelled. */
const isSettled = (error: unknown): boolean =>
  error instanceof Error && SETTLED.has((error as { code?: number }).code ?? 0);
