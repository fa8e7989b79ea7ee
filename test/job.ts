import { randomUUID } from 'node:crypto';
import type { JobContext } from '../src/engine/worker.ts';

/** A job as a handler sees it, with a key of its own unless one is given. */
export const aJob = (of: Partial<JobContext> = {}): JobContext => ({
  sourceKey: randomUUID(),
  processInstanceKey: '1',
  elementId: 'here',
  signal: new AbortController().signal,
  ...of,
});
