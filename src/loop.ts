import { setTimeout as sleep } from 'node:timers/promises';
import { isDatabaseAway } from './db/away.ts';
import { isEngineAway } from './engine/away.ts';
import { backOff } from './engine/back-off.ts';
import { log } from './log.ts';

/** Work that goes on in the background; `stop` waits for the step in hand. */
export interface Loop {
  stop: () => Promise<void>;
}

/** Gets the signal that the loop is to stop, so that long work ends early. */
type Step = (signal: AbortSignal) => Promise<unknown>;

/** Short enough to go on soon once they are back. */
const AWAY_PAUSE_MS = 5_000;

/**
 * Repeats `step` with a pause of `everyMs` between ends and starts. A step that throws is tried again
 * with back-off; the log says so once, and once more when it works again.
 */
export function startLoop(name: string, everyMs: number, step: Step): Loop {
  const stopping = new AbortController();
  const done = run(name, everyMs, step, stopping.signal);
  return {
    stop: async () => {
      stopping.abort();
      await done;
    },
  };
}

async function run(name: string, everyMs: number, step: Step, signal: AbortSignal): Promise<void> {
  let failing = false;
  while (!signal.aborted) {
    let pause = everyMs;
    try {
      await step(signal);
      if (failing) log.info({ loop: name }, 'works again');
      failing = false;
      backOff.forget(name);
    } catch (error) {
      // That the database or the engine is away is said once, for everything that needs it.
      const away = isDatabaseAway(error) || isEngineAway(error);
      if (!failing && !away) log.warn({ loop: name, err: error }, 'does not work, trying again');
      failing ||= !away;
      pause = away ? Math.min(AWAY_PAUSE_MS, backOff.next(name)) : backOff.next(name);
    }
    await sleep(pause, undefined, { signal }).catch(() => undefined);
  }
}
