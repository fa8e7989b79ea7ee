import { randomUUID } from 'node:crypto';
import type { Tx } from '../db/data-source.ts';
import { MessageEntity, type Message } from '../db/entities/message.ts';
import { PublicationEntity, type Publication } from '../db/entities/publication.ts';
import { insertOnce } from '../db/once.ts';
import { rowBy, rowOrNull } from '../db/row-by.ts';

export interface Reservation {
  message: Message;
  publication: Publication;
  /** Made by this call: nothing was sent before. */
  fresh: boolean;
}

/**
 * The publication of this version of the answer, made if there is none; the published one of the
 * message, if there is one already (clause 10: one publication).
 */
export async function reserve(tx: Tx, messageId: string, answerId: string): Promise<Reservation> {
  const [message, published] = await Promise.all([
    rowBy(tx, MessageEntity, { id: messageId }, { held: true }),
    rowOrNull(tx, PublicationEntity, { messageId, status: 'published' }),
  ]);
  if (published) return { message, publication: published, fresh: false };
  const { row, inserted } = await insertOnce(
    tx,
    PublicationEntity,
    {
      id: randomUUID(),
      messageId,
      answerId,
      guid: answerId,
      status: 'reserved',
      manual: false,
      // This machine's clock: tells when the effect began, no deadline reads it.
      reservedAt: new Date(),
    },
    ['answerId'],
  );
  return { message, publication: row, fresh: inserted };
}
