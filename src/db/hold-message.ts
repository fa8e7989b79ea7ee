import type { Tx } from './data-source.ts';

/**
 * Until the end of the transaction others wait: decisions on one message, its files and the versions
 * that these get into, come one after another. What is asked at once, after this, is read once the
 * message is held.
 */
export async function holdMessage(tx: Tx, messageId: string): Promise<void> {
  await tx.query('SELECT FROM message WHERE id = $1 FOR UPDATE', [messageId]);
}

/** The same for the message of an assignment. */
export async function holdMessageOf(tx: Tx, assignmentId: string): Promise<void> {
  await tx.query(
    'SELECT FROM message WHERE id = (SELECT message_id FROM assignment WHERE id = $1) FOR UPDATE',
    [assignmentId],
  );
}
