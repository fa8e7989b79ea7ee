import { plannedOnce } from './client.ts';
import type { Tx } from './data-source.ts';

const HOLD = plannedOnce('select from message where id = $1 for update');
const HOLD_OF_SHORTCOMING = plannedOnce(
  'select from message where id = (select message_id from shortcoming where id = $1) for update',
);

/**
 * Until the end of the transaction others wait: decisions on one message, its files, the versions that
 * these get into, and its shortcomings come one after another. Whoever changes any of them holds the
 * message first, so that no two wait for each other. What is asked at once, after this, is read once
 * the message is held.
 */
export async function holdMessage(tx: Tx, messageId: string): Promise<void> {
  await tx.query(HOLD, [messageId]);
}

/** The same for the message of a shortcoming. */
export async function holdMessageOfShortcoming(tx: Tx, shortcomingId: string): Promise<void> {
  await tx.query(HOLD_OF_SHORTCOMING, [shortcomingId]);
}
