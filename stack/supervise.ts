import { setTimeout as pause } from 'node:timers/promises';
import { logTail, startChild, type Child } from './child.ts';
import type { Running } from './identity.ts';
import type { Part } from './part.ts';
import type { Say } from './parts.ts';

export type PartState = 'starting' | 'running' | 'restarting' | 'stopped';

export interface Supervised {
  part: Part;
  /** Settles with the first start: an Error carries the end of the part's log. */
  ready: Promise<void>;
  state(): PartState;
  /** The process to watch, or null while there is none. */
  running(): Running | null;
  /** Asks the part to stop and waits until it has; it is not started again. */
  stop(): Promise<void>;
}

export interface SuperviseOptions {
  logDir: string;
  say: Say;
  /** Called whenever state or process changed. */
  onChange: () => void;
}

/** Milliseconds before a restart, by the number of failures in a row. */
const backOff = [1_000, 2_000, 5_000, 15_000, 30_000];
/** A part that has run this long is healthy: the next failure is its first. */
const healthyAfterMs = 120_000;

/**
 * Starts a part. Once it has been ready, it is started again whenever it dies, after a pause that grows;
 * a part that does not come up the first time is left to the caller.
 */
export function supervise(part: Part, options: SuperviseOptions): Supervised {
  const { logDir, say } = options;
  let child: Child | null = null;
  let state: PartState = 'starting';
  const stopping = new AbortController();

  const become = (next: PartState) => {
    state = next;
    options.onChange();
  };

  const bringUp = async (): Promise<Child> => {
    await part.prepare();
    const started = await startChild(part.command(), logDir);
    child = started;
    options.onChange();
    try {
      await ready(part, started, stopping.signal);
    } catch (error) {
      await started.stop();
      throw new Error(`${(error as Error).message}\n${await logTail(logDir, part.name)}`, {
        cause: error,
      });
    }
    become('running');
    return started;
  };

  const keepUp = async (first: Child): Promise<void> => {
    let failures = 0;
    let current: Child | null = first;
    while (!stopping.signal.aborted) {
      if (current !== null) {
        const since = Date.now();
        const how = await current.ended;
        if (stopping.signal.aborted) return;
        if (Date.now() - since > healthyAfterMs) failures = 0;
        say(`${part.title} ended unexpectedly (${how})`);
      }
      become('restarting');
      const delay = backOff[Math.min(failures++, backOff.length - 1)]!;
      say(`${part.title} is started again in ${delay / 1000} s`);
      await pause(delay, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      current = await bringUp().catch((error: Error) => {
        if (!stopping.signal.aborted) say(`${part.title} did not come up: ${error.message}`);
        return null;
      });
      if (current !== null) say(`${part.title} is ready again`);
    }
  };

  const first = bringUp();
  const keeping = first.then(keepUp, () => undefined);
  return {
    part,
    ready: first.then(() => undefined),
    state: () => state,
    running: () => child?.running ?? null,
    async stop() {
      stopping.abort();
      await child?.stop();
      await keeping;
      become('stopped');
    },
  };
}

/** Resolves when the part says it is ready; rejects when it ends before, or takes too long. */
async function ready(part: Part, child: Child, stopping: AbortSignal): Promise<void> {
  const deadline = Date.now() + part.readyWithinMs;
  let ended: string | null = null;
  let last: Error | null = null;
  void child.ended.then((how) => (ended = how));
  while (Date.now() < deadline) {
    stopping.throwIfAborted();
    if (ended !== null) throw new Error(`${part.title} ended while starting (${String(ended)})`);
    try {
      if (await part.isReady()) return;
    } catch (error) {
      last = error as Error;
    }
    await Promise.race([pause(200), child.ended]);
  }
  const reason = last === null ? '' : ` (${last.message})`;
  throw new Error(`${part.title} is not ready after ${part.readyWithinMs / 1000} s${reason}`);
}
