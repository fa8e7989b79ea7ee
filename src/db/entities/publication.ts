import { EntitySchema } from 'typeorm';
import type { AttachmentRow } from './attachment.ts';

/** A file as it went to the network. */
export type PublishedAttachment = Pick<
  AttachmentRow,
  'id' | 'name' | 'mediaType' | 'size' | 'sha256'
>;

/** The one attempt to publish a version of the answer, its outcome and proof. */
export interface Publication {
  id: string;
  messageId: string;
  answerId: string;
  guid: string;
  status: 'reserved' | 'published' | 'refused' | 'unknown' | 'needs-person' | 'gone';
  manual: boolean;
  externalId: string | null;
  permalink: string | null;
  sent: unknown;
  received: unknown;
  reason: string | null;
  /** What goes to the network with the text; after a publication by hand nobody knows, so none. */
  attachments: PublishedAttachment[];
  reservedAt: Date;
  publishedAt: Date | null;
}

export const PublicationEntity = new EntitySchema<Publication>({
  name: 'Publication',
  tableName: 'publication',
  columns: {
    id: { type: 'uuid', primary: true },
    messageId: { type: 'uuid' },
    answerId: { type: 'uuid' },
    guid: { type: 'text' },
    status: { type: 'text' },
    manual: { type: 'boolean' },
    externalId: { type: 'text', nullable: true },
    permalink: { type: 'text', nullable: true },
    sent: { type: 'jsonb', nullable: true },
    received: { type: 'jsonb', nullable: true },
    reason: { type: 'text', nullable: true },
    attachments: { type: 'jsonb' },
    reservedAt: { type: 'timestamptz' },
    publishedAt: { type: 'timestamptz', nullable: true },
  },
});
