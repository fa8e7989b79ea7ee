import type { Tx } from './data-source.ts';
import { MessageEntity } from './entities/message.ts';
import { rowsBy } from './row-by.ts';
import { queueStart } from './starts.ts';

/** By which the process of a repeat waits for the outcome of its original: once for each pair. */
export const repeatKey = (messageId: string, originalId: string): string =>
  `${messageId}:${originalId}`;

/**
 * The work on a message has ended, with or without an answer: repeats that wait for it go on. Called in
 * the transaction that ends it, after the message's row was changed or held.
 */
export async function settleRepeats(tx: Tx, originalId: string): Promise<void> {
  const waiting = await rowsBy(tx, MessageEntity, {
    duplicateOf: originalId,
    status: 'duplicate',
    finishedAt: null,
  });
  for (const { id } of waiting) await settleRepeat(tx, id, originalId);
}

/** The same for one repeat. */
export async function settleRepeat(tx: Tx, messageId: string, originalId: string): Promise<void> {
  await queueStart(tx, 'original-settled', repeatKey(messageId, originalId), {});
}
