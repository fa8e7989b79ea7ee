import { randomUUID } from 'node:crypto';
import type { Tx } from '../db/data-source.ts';
import { MessageEntity, type Message } from '../db/entities/message.ts';
import { PublicationEntity, type Publication } from '../db/entities/publication.ts';
import { insertFirst } from '../db/once.ts';
import { rowBy, rowOrNull } from '../db/row-by.ts';
import type { Last } from '../db/transaction.ts';

export interface Reservation {
  message: Message;
  publication: Publication;
  /** Made by this call: nothing was sent before. */
  fresh: boolean;
}

/**
 * The publication of this version of the answer, made if there is none; the published one of the
 * message, if there is one already (clause 10: one publication). A step: nobody else publishes meanwhile.
 */
export async function reserve(
  tx: Tx,
  last: Last,
  messageId: string,
  answerId: string,
): Promise<Reservation> {
  const [message, published, known] = await Promise.all([
    rowBy(tx, MessageEntity, { id: messageId }),
    rowOrNull(tx, PublicationEntity, { messageId, status: 'published' }),
    rowOrNull(tx, PublicationEntity, { answerId }),
  ]);
  const there = published ?? known;
  if (there) return { message, publication: there, fresh: false };
  const publication: Publication = {
    id: randomUUID(),
    messageId,
    answerId,
    guid: answerId,
    status: 'reserved',
    manual: false,
    externalId: null,
    permalink: null,
    sent: null,
    received: null,
    reason: null,
    attachments: [],
    // This machine's clock: tells when the effect began, no deadline reads it.
    reservedAt: new Date(),
    publishedAt: null,
  };
  last(insertFirst(tx, PublicationEntity, publication));
  return { message, publication, fresh: true };
}
