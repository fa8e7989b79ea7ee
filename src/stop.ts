import { log } from './log.ts';
import { within } from './within.ts';

/** Something that was started, and what ends it. */
export interface Stop {
  name: string;
  stop: () => Promise<unknown>;
}

/** Waits for an end, but no longer than `ms`; never throws. */
export async function atMost(ms: number, name: string, end: Promise<unknown>): Promise<void> {
  await within(ms, end).catch((error: unknown) =>
    log.warn({ part: name, reason: error instanceof Error ? error.message : error }, 'given up'),
  );
}
