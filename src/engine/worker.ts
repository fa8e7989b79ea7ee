import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import { isDatabaseAway } from '../db/away.ts';
import { InputError, ProcessError, TryLater } from '../errors.ts';
import { log } from '../log.ts';
import { jobs, type JobOutcome } from '../metrics/process.ts';
import { activateJobs, type Job } from './activate-jobs.ts';
import { isEngineAway } from './away.ts';
import { backOff } from './back-off.ts';
import type { Engine } from './client.ts';
import type { JobType } from './contract.ts';
import { holdJob } from './hold.ts';
import { tell } from './tell.ts';

/** What a handler knows of its job. */
export interface JobContext {
  /** One for each time the process enters the element, the same for every retry of the job. */
  sourceKey: string;
  processInstanceKey: string;
  elementId: string;
  /** Aborts before the engine gives the job to another: what two must not do at once stops by it. */
  signal: AbortSignal;
}

type Output = Record<string, unknown> | void;

/** A handler of one job type: variables are checked against `variables` before `run` sees them. */
export interface Handler {
  type: JobType;
  fetch: string[];
  run: (variables: unknown, job: JobContext) => Promise<Output>;
}

/** Defines a handler; `run` gets the parsed variables and returns what goes back to the process. */
export function handler<Shape extends z.ZodObject>(
  type: JobType,
  variables: Shape,
  run: (variables: z.output<Shape>, job: JobContext) => Promise<Output>,
): Handler {
  return {
    type,
    fetch: Object.keys(variables.shape),
    run: async (raw, job) => run(variables.parse(raw), job),
  };
}

/** Workers in hand; `close` takes no new jobs and resolves when those in hand are done. */
export interface Workers {
  close: () => Promise<void>;
}

const TIMEOUT_MS = 60_000;
const AT_ONCE = 32;
const ENOUGH = 16;
const LONG_POLL_MS = 10_000;
/** An engine that cannot wait for jobs answers at once that there are none. */
const EMPTY_PAUSE_MS = 100;
/** Short enough to go on soon once the engine is back. */
const AWAY_PAUSE_MS = 2_000;

/**
 * Starts a worker for each handler. `timeoutMs`: how soon another gets a job whose worker has died; a
 * handler may work for longer.
 */
export function startWorkers(
  engine: Engine,
  handlers: readonly Handler[],
  timeoutMs = TIMEOUT_MS,
): Workers {
  const stopping = new AbortController();
  // Every worker waits on this one signal.
  setMaxListeners(0, stopping.signal);
  const working = handlers.map((it) => work(engine, it, timeoutMs, stopping.signal));
  return {
    close: async () => {
      stopping.abort();
      await Promise.all(working);
    },
  };
}

/** Asks for jobs and does them until `signal`; resolves when none is in hand. */
async function work(
  engine: Engine,
  it: Handler,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<void> {
  const worker = randomUUID();
  const inHand = new Set<Promise<void>>();
  const take = (given: Job[]) => {
    for (const job of given) {
      const done = perform(engine, it, job, timeoutMs).finally(() => inHand.delete(done));
      inHand.add(done);
    }
  };
  while (!signal.aborted) {
    if (inHand.size > ENOUGH) {
      await Promise.race(inHand);
      continue;
    }
    const request = {
      type: it.type,
      worker,
      timeout: timeoutMs,
      maxJobsToActivate: AT_ONCE - inHand.size,
      fetchVariable: it.fetch,
      requestTimeout: LONG_POLL_MS,
    };
    const pause = await activateJobs(engine, request, take, signal).then(
      (count) => (count === 0 ? EMPTY_PAUSE_MS : 0),
      (error: unknown) => {
        if (!isEngineAway(error)) log.error({ jobType: it.type, err: error }, 'no jobs given');
        return AWAY_PAUSE_MS * (0.5 + Math.random() / 2);
      },
    );
    if (pause > 0) await sleep(pause, undefined, { signal }).catch(() => undefined);
  }
  await Promise.all(inHand);
}

/** Does a job and tells the engine; never throws. */
async function perform(engine: Engine, it: Handler, job: Job, timeoutMs: number): Promise<void> {
  const hold = holdJob(engine, job, timeoutMs);
  const context: JobContext = {
    sourceKey: job.elementInstanceKey,
    processInstanceKey: job.processInstanceKey,
    elementId: job.elementId,
    signal: hold.signal,
  };
  const { key: jobKey } = job;
  try {
    const output = await it.run(JSON.parse(job.variables), context);
    await tell(job, hold.until, () =>
      engine.completeJob({ jobKey, variables: (output ?? {}) as never }),
    );
    backOff.forget(jobKey);
    jobs.inc({ type: it.type, outcome: 'done' });
  } catch (error) {
    await tell(job, hold.until, report(engine, error, job)).catch((it: unknown) =>
      log.error({ jobType: job.type, element: job.elementId, err: it }, 'job not reported'),
    );
  } finally {
    hold.release();
  }
}

/** The one place where what a handler threw becomes what the engine does next. */
function report(engine: Engine, error: unknown, job: Job): () => Promise<unknown> {
  const message = error instanceof Error ? error.message : String(error);
  const count = (outcome: JobOutcome) => jobs.inc({ type: job.type, outcome });
  const where = { jobType: job.type, element: job.elementId, instance: job.processInstanceKey };
  const { key: jobKey } = job;
  if (error instanceof InputError) {
    count('refused');
    backOff.forget(jobKey);
    return () =>
      engine.throwError({
        jobKey,
        errorCode: 'invalid-input',
        errorMessage: message,
        variables: { inputError: message },
      });
  }
  if (error instanceof ProcessError) {
    count('refused');
    backOff.forget(jobKey);
    return () =>
      engine.throwError({
        jobKey,
        errorCode: error.code,
        errorMessage: message,
        variables: error.variables as never,
      });
  }
  if (error instanceof TryLater || isDatabaseAway(error)) {
    const afterMs = (error instanceof TryLater ? error.afterMs : null) ?? backOff.next(jobKey);
    count('postponed');
    // That the database is away is said once, for all jobs.
    const level = error instanceof TryLater ? 'warn' : 'debug';
    log[level]({ ...where, reason: message, afterMs }, 'job postponed');
    return () =>
      engine.failJob({
        jobKey,
        errorMessage: message,
        retries: job.retries,
        retryBackOff: afterMs,
      });
  }
  count('failed');
  const retryBackOff = backOff.next(jobKey);
  log.error({ ...where, err: error, retries: job.retries - 1 }, 'job failed');
  return () =>
    engine.failJob({
      jobKey,
      errorMessage: message,
      retries: job.retries - 1,
      retryBackOff,
    });
}
