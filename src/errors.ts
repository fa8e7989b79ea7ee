import type { ErrorCode } from './engine/contract.ts';

/**
 * The three kinds of failure. Whatever a handler throws ends as one of them, at one place
 * (`engine/worker.ts`).
 */

/** The outside world is slow, absent or limits us: the job is tried again, for as long as it takes. */
export class TryLater extends Error {
  override readonly name = 'TryLater';
  /** `afterMs`: milliseconds to wait before the next try; null leaves the choice to the back-off. */
  constructor(
    message: string,
    readonly afterMs: number | null = null,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The model has a way for this: thrown as a BPMN error with `code`, caught by a boundary event. */
export class ProcessError extends Error {
  override readonly name = 'ProcessError';
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly variables: Record<string, unknown> = {},
  ) {
    super(message);
  }
}

/** Bad input from a person or a file: says what is wrong, what is allowed and where. */
export class InputError extends Error {
  override readonly name = 'InputError';
}

// Everything else is a defect of ours: a few tries, then an incident in the engine.
