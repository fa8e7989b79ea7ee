import type { Database } from '../db/data-source.ts';
import { recordPassing } from '../db/record-passing.ts';
import { ProcessError } from '../errors.ts';
import type { Handler } from './worker.ts';

/**
 * The same handlers, which also record the element that the process passes with their job: the engine
 * is never asked where a process is. An element left by a BPMN error was passed too; a form that was
 * refused, or a try that failed, is none.
 */
export function recordingPath(db: Database, handlers: readonly Handler[]): Handler[] {
  const record = recordPassing(db);
  return handlers.map((it) => ({
    ...it,
    run: async (variables, job) => {
      try {
        const output = await it.run(variables, job);
        await record(job);
        return output;
      } catch (error) {
        if (error instanceof ProcessError) await record(job);
        throw error;
      }
    },
  }));
}
