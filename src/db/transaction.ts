import { QueryFailedError } from 'typeorm';
import { NotCarriedOut } from './client.ts';
import type { Database, Tx } from './data-source.ts';

/** Takes the last statements of a transaction, one each, which nobody waits for. */
export type Last = (...statements: Promise<unknown>[]) => void;

/**
 * A transaction whose last statements go out together with its COMMIT: one way to the server less. What
 * fails among them fails the transaction. Others may follow them, and come after them.
 */
export async function transaction<T>(
  db: Database,
  run: (tx: Tx, last: Last) => Promise<T>,
): Promise<T> {
  const given: Promise<unknown>[] = [];
  const last: Last = (...statements) => {
    for (const statement of statements) statement.catch(() => undefined);
    given.push(...statements);
  };
  const [outcome] = await Promise.allSettled([
    db.transaction(async (tx) => {
      const result = await run(tx, last);
      tx.query = tooLate;
      return result;
    }),
  ]);
  const outcomes = [outcome, ...(await Promise.allSettled(given))];
  const errors = outcomes.flatMap((it) => (it.status === 'rejected' ? [it.reason as unknown] : []));
  if (outcome.status === 'fulfilled' && errors.length === 0) return outcome.value;
  throw errors.find((it) => !isNotCarriedOut(it)) ?? errors[0];
}

/** What a transaction has left undone would be done by itself, outside of it. */
const tooLate = () =>
  Promise.reject(new Error('a statement came after the last of its transaction'));

const isNotCarriedOut = (error: unknown): boolean =>
  error instanceof QueryFailedError && error.driverError instanceof NotCarriedOut;
