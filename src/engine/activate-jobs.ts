import { EngineSilent } from './away.ts';
import type { Engine } from './client.ts';
import type { JobType } from './contract.ts';

/** A job as the engine hands it out. */
export interface Job {
  key: string;
  type: string;
  processInstanceKey: string;
  elementId: string;
  elementInstanceKey: string;
  /** Tries that are left. */
  retries: number;
  /** JSON. */
  variables: string;
}

export interface JobRequest {
  type: JobType;
  worker: string;
  /** Milliseconds for which no other worker gets these jobs. */
  timeout: number;
  maxJobsToActivate: number;
  fetchVariable: string[];
  /** Milliseconds for which the engine waits until there are jobs. */
  requestTimeout: number;
}

interface JobStream {
  on(event: 'data', listener: (answer: { jobs: Job[] }) => void): void;
  on(event: 'error', listener: (error: Error) => void): void;
  on(event: 'end', listener: () => void): void;
  cancel(): void;
}

/** Of the client's insides: its own workers cannot let go of a call that waits. */
interface Insides {
  grpc: Promise<{
    activateJobsStream(request: JobRequest): Promise<JobStream | { error: Error } | undefined>;
  }>;
}

/** How much longer than asked the engine may take to answer. */
const LATE_MS = 5_000;

/**
 * Asks the engine for jobs once; `take` gets them as they come. Resolves with their number when the
 * engine has answered, or when `signal` takes the question back.
 * @throws an error that `isEngineAway` knows when it does not answer.
 */
export async function activateJobs(
  engine: Engine,
  request: JobRequest,
  take: (jobs: Job[]) => void,
  signal: AbortSignal,
): Promise<number> {
  const { grpc } = engine as unknown as Insides;
  const stream = await (await grpc).activateJobsStream(request);
  if (stream === undefined) return 0;
  if ('error' in stream && stream.error) throw stream.error;
  const answers = stream as JobStream;
  let count = 0;
  return new Promise<number>((resolve, reject) => {
    const end = (settle: () => void) => {
      clearTimeout(late);
      signal.removeEventListener('abort', stop);
      // The client may call a stream ended that the engine has not.
      answers.cancel();
      settle();
    };
    const stop = () => end(() => resolve(count));
    const late = setTimeout(
      () => end(() => reject(new EngineSilent('engine: no answer to a request for jobs'))),
      request.requestTimeout + LATE_MS,
    );
    answers.on('data', ({ jobs }) => {
      count += jobs.length;
      take(jobs);
    });
    answers.on('error', (error) => end(() => reject(error)));
    answers.on('end', stop);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
  });
}
