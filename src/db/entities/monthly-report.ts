import { EntitySchema } from 'typeorm';
import type { MonthlySnapshot } from '../../procedure/monthly.ts';

/** The summary data of a month (clause 14): compiled anew until the curator approves them, then closed. */
export interface MonthlyReport {
  /** `2026-10`. */
  month: string;
  snapshot: MonthlySnapshot;
  /** The rows behind the figures: JSON, gzipped. */
  rows: Buffer;
  compiledAt: Date;
  status: 'compiled' | 'approved' | 'sent';
  remarks: string | null;
  approvedAt: Date | null;
  sentAt: Date | null;
}

export const MonthlyReportEntity = new EntitySchema<MonthlyReport>({
  name: 'MonthlyReport',
  tableName: 'monthly_report',
  columns: {
    month: { type: 'text', primary: true },
    snapshot: { type: 'jsonb' },
    rows: { type: 'bytea' },
    compiledAt: { type: 'timestamptz' },
    status: { type: 'text' },
    remarks: { type: 'text', nullable: true },
    approvedAt: { type: 'timestamptz', nullable: true },
    sentAt: { type: 'timestamptz', nullable: true },
  },
});
