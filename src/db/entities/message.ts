import { EntitySchema } from 'typeorm';

/** A public post or comment, one a network object (clause 2). */
export interface Message {
  id: string;
  network: string;
  externalId: string;
  kind: 'post' | 'comment';
  url: string;
  authorName: string | null;
  authorUrl: string | null;
  text: string;
  photos: string[];
  publishedAt: Date;
  detectedAt: Date;
  editedAt: Date | null;
  deletedAt: Date | null;
  processInstanceKey: string | null;
  status:
    | 'detected'
    | 'triage'
    | 'assigned'
    | 'review'
    | 'answered'
    | 'not-relevant'
    | 'duplicate'
    | 'closed'
    | 'withdrawn';
  /** What the text seems to be about, until the curator says so. */
  proposedTopic: string | null;
  proposedMunicipality: string | null;
  topic: string | null;
  subjectKind: 'statement' | 'request' | 'complaint' | 'proposal' | 'question' | null;
  municipality: string | null;
  urgent: boolean;
  note: string | null;
  reason: string | null;
  duplicateOf: string | null;
  /** The message whose answer of ours this one replies to. */
  followUpOf: string | null;
  triagedAt: Date | null;
  finishedAt: Date | null;
  /** When the author's personal data were erased; null: they are there. */
  erasedAt: Date | null;
}

export const MessageEntity = new EntitySchema<Message>({
  name: 'Message',
  tableName: 'message',
  columns: {
    id: { type: 'uuid', primary: true },
    network: { type: 'text' },
    externalId: { type: 'text' },
    kind: { type: 'text' },
    url: { type: 'text' },
    authorName: { type: 'text', nullable: true },
    authorUrl: { type: 'text', nullable: true },
    text: { type: 'text' },
    photos: { type: 'jsonb' },
    publishedAt: { type: 'timestamptz' },
    detectedAt: { type: 'timestamptz' },
    editedAt: { type: 'timestamptz', nullable: true },
    deletedAt: { type: 'timestamptz', nullable: true },
    processInstanceKey: { type: 'text', nullable: true },
    status: { type: 'text' },
    proposedTopic: { type: 'text', nullable: true },
    proposedMunicipality: { type: 'text', nullable: true },
    topic: { type: 'text', nullable: true },
    subjectKind: { type: 'text', nullable: true },
    municipality: { type: 'text', nullable: true },
    urgent: { type: 'boolean' },
    note: { type: 'text', nullable: true },
    reason: { type: 'text', nullable: true },
    duplicateOf: { type: 'uuid', nullable: true },
    followUpOf: { type: 'uuid', nullable: true },
    triagedAt: { type: 'timestamptz', nullable: true },
    finishedAt: { type: 'timestamptz', nullable: true },
    erasedAt: { type: 'timestamptz', nullable: true },
  },
});
