import { EntitySchema } from 'typeorm';

/** A report to the Governor on a message that is acutely significant, or on a surge (clause 15). */
export interface UrgentReport {
  id: string;
  sourceKey: string;
  /** Null: it is about a surge. */
  messageId: string | null;
  /** Null: it is about a message. */
  surgeId: string | null;
  grounds: string;
  openedAt: Date;
  status: 'open' | 'confirmed' | 'rejected' | 'sent';
  decisionNote: string | null;
  decidedAt: Date | null;
  sentAt: Date | null;
}

export const UrgentReportEntity = new EntitySchema<UrgentReport>({
  name: 'UrgentReport',
  tableName: 'urgent_report',
  columns: {
    id: { type: 'uuid', primary: true },
    sourceKey: { type: 'text' },
    messageId: { type: 'uuid', nullable: true },
    surgeId: { type: 'uuid', nullable: true },
    grounds: { type: 'text' },
    openedAt: { type: 'timestamptz' },
    status: { type: 'text' },
    decisionNote: { type: 'text', nullable: true },
    decidedAt: { type: 'timestamptz', nullable: true },
    sentAt: { type: 'timestamptz', nullable: true },
  },
});
