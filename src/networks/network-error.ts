import { z } from 'zod';
import { TryLater } from '../errors.ts';
import { CallFailed } from './http.ts';
import { CredentialsRefused } from './port.ts';

/** What an error of a network means for us. `other` needs a person to look. */
export type ErrorKind =
  'rate' | 'credentials' | 'permission' | 'human' | 'content' | 'missing' | 'transient' | 'other';

/** One line of a network's table of errors. */
export interface ErrorRow {
  kind: ErrorKind;
  /** Russian, for staff. */
  reason: string;
  /** For `rate`: milliseconds until a new try makes sense. */
  afterMs?: number;
}

/** An error that a network put into words. No token is in it. */
export class NetworkError extends Error {
  readonly kind: ErrorKind;
  /** Russian, for staff. */
  readonly reason: string;
  readonly afterMs: number | null;

  constructor(
    message: string,
    readonly code: number,
    readonly text: string,
    row: ErrorRow | undefined,
  ) {
    super(message);
    this.kind = row?.kind ?? 'other';
    this.reason = row?.reason ?? `сеть ответила ошибкой ${code}`;
    this.afterMs = row?.afterMs ?? null;
  }
}

/** What a failed call means for reading: what passes by itself becomes TryLater. */
export function readingFailure(call: string, error: unknown): unknown {
  if (error instanceof CallFailed) return new TryLater(error.message, error.afterMs);
  if (error instanceof z.ZodError) {
    return new Error(`${call}: unexpected answer: ${z.prettifyError(error)}`);
  }
  if (!(error instanceof NetworkError)) return error;
  if (error.kind === 'rate' || error.kind === 'transient') {
    return new TryLater(error.message, error.afterMs);
  }
  return error.kind === 'credentials' ? new CredentialsRefused(error.message) : error;
}
