import { EntitySchema } from 'typeorm';

/** Who did what when. */
export interface AuditEntry {
  id: string;
  key: string | null;
  at: Date;
  messageId: string | null;
  subject: string;
  action: string;
  details: Record<string, unknown>;
}

export const AuditEntryEntity = new EntitySchema<AuditEntry>({
  name: 'AuditEntry',
  tableName: 'audit',
  columns: {
    id: { type: 'bigint', primary: true, generated: 'increment' },
    key: { type: 'text', nullable: true },
    at: { type: 'timestamptz' },
    messageId: { type: 'uuid', nullable: true },
    subject: { type: 'text' },
    action: { type: 'text' },
    details: { type: 'jsonb' },
  },
});
