import { EntitySchema } from 'typeorm';

/** A mail or webhook call to be sent once its transaction is in. */
export interface OutboxEntry {
  id: string;
  key: string;
  channel: 'email' | 'webhook';
  address: string;
  subject: string;
  body: string;
  payload: unknown;
  createdAt: Date;
  nextAttemptAt: Date;
  attempts: number;
  lastError: string | null;
  sentAt: Date | null;
}

export const OutboxEntryEntity = new EntitySchema<OutboxEntry>({
  name: 'OutboxEntry',
  tableName: 'outbox',
  columns: {
    id: { type: 'uuid', primary: true },
    key: { type: 'text' },
    channel: { type: 'text' },
    address: { type: 'text' },
    subject: { type: 'text' },
    body: { type: 'text' },
    payload: { type: 'jsonb', nullable: true },
    createdAt: { type: 'timestamptz' },
    nextAttemptAt: { type: 'timestamptz' },
    attempts: { type: 'integer' },
    lastError: { type: 'text', nullable: true },
    sentAt: { type: 'timestamptz', nullable: true },
  },
});
