import { EntitySchema } from 'typeorm';

/** A file that goes with a mail; its bytes are kept, so that every try sends the same. */
export interface OutboxAttachment {
  outboxId: string;
  ordinal: number;
  name: string;
  /** Media type. */
  type: string;
  content: Buffer;
}

export const OutboxAttachmentEntity = new EntitySchema<OutboxAttachment>({
  name: 'OutboxAttachment',
  tableName: 'outbox_attachment',
  columns: {
    outboxId: { type: 'uuid', primary: true },
    ordinal: { type: 'integer', primary: true },
    name: { type: 'text' },
    type: { type: 'text' },
    content: { type: 'bytea' },
  },
});
