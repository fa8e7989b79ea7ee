import { TryLater } from '../errors.ts';
import { log } from '../log.ts';
import { CredentialsRefused } from './port.ts';

/** Logs that a network did not answer a question: in short for what happens to networks, else in full. */
export function warnOf(network: string, error: unknown, message: string): void {
  const known = error instanceof TryLater || error instanceof CredentialsRefused;
  log.warn({ network, ...(known ? { why: error.message } : { err: error }) }, message);
}
