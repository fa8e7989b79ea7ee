import { plannedOnce } from './client.ts';
import type { Tx } from './data-source.ts';

const HOLD = plannedOnce('select from message where id = $1 for update');
const HOLD_OF = plannedOnce(
  'select from message where id = (select message_id from assignment where id = $1) for update',
);

/**
 * Until the end of the transaction others wait: decisions on one message, its files and the versions
 * that these get into, come one after another. What is asked at once, after this, is read once the
 * message is held.
 */
export async function holdMessage(tx: Tx, messageId: string): Promise<void> {
  await tx.query(HOLD, [messageId]);
}

/** The same for the message of an assignment. */
export async function holdMessageOf(tx: Tx, assignmentId: string): Promise<void> {
  await tx.query(HOLD_OF, [assignmentId]);
}
