import { log } from '../log.ts';
import type { Job } from './activate-jobs.ts';
import type { Engine } from './client.ts';

/** A job that no other worker gets meanwhile. */
export interface Hold {
  /** Aborts some time before the engine would give the job to another worker. */
  signal: AbortSignal;
  /** When the engine gives the job out again, by `performance.now`. */
  until: () => number;
  release: () => void;
}

/** What is left to whoever works when `signal` aborts, as a part of the whole time. */
const SPARE = 1 / 3;
const AGAIN = 1 / 6;

/**
 * Holds a job that was handed out for `timeoutMs` for as long as its handler works: every now and then
 * the engine is asked to keep it from others for `timeoutMs` more. When the engine is away too long for
 * that, `signal` aborts in time, so that never two do the same.
 */
export function holdJob(engine: Engine, job: Job, timeoutMs: number): Hold {
  const lost = new AbortController();
  let until = performance.now() + timeoutMs;
  const renew = async () => {
    const asked = performance.now();
    try {
      await engine.updateJobTimeout({ jobKey: job.key, timeout: timeoutMs });
      until = asked + timeoutMs;
    } catch (error) {
      log.debug({ jobType: job.type, element: job.elementId, err: error }, 'job not held');
    }
  };
  const renewing = setInterval(() => {
    if (performance.now() > until - timeoutMs * SPARE) lost.abort();
    else void renew();
  }, timeoutMs * AGAIN);
  renewing.unref();
  return {
    signal: lost.signal,
    until: () => until,
    release: () => clearInterval(renewing),
  };
}
