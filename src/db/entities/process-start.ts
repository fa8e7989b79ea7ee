import { EntitySchema } from 'typeorm';

/**
 * A start of a process, or another message to one, that the engine has yet to confirm: published until
 * the first job behind it says so.
 */
export interface ProcessStart {
  messageName: string;
  correlationKey: string;
  variables: Record<string, unknown>;
  createdAt: Date;
  publishedAt: Date | null;
  confirmedAt: Date | null;
  attempts: number;
}

export const ProcessStartEntity = new EntitySchema<ProcessStart>({
  name: 'ProcessStart',
  tableName: 'process_start',
  columns: {
    messageName: { type: 'text', primary: true },
    correlationKey: { type: 'text', primary: true },
    variables: { type: 'jsonb' },
    createdAt: { type: 'timestamptz' },
    publishedAt: { type: 'timestamptz', nullable: true },
    confirmedAt: { type: 'timestamptz', nullable: true },
    attempts: { type: 'integer' },
  },
});
