import { EntitySchema } from 'typeorm';

/** A clock: why it is due when it is, when it stopped, when it was missed. Rows never change their limit. */
export interface Deadline {
  id: string;
  sourceKey: string;
  kind: 'return' | 'draft' | 'review' | 'rework' | 'remedy';
  clause: number;
  messageId: string;
  assignmentId: string | null;
  agencyCode: string;
  executor: string | null;
  startedAt: Date;
  limitDuration: string;
  plain: boolean;
  warnAt: Date | null;
  dueAt: Date;
  provisional: boolean;
  spent: [string, string][];
  stoppedAt: Date | null;
  missedAt: Date | null;
}

export const DeadlineEntity = new EntitySchema<Deadline>({
  name: 'Deadline',
  tableName: 'deadline',
  columns: {
    id: { type: 'uuid', primary: true },
    sourceKey: { type: 'text' },
    kind: { type: 'text' },
    clause: { type: 'integer' },
    messageId: { type: 'uuid' },
    assignmentId: { type: 'uuid', nullable: true },
    agencyCode: { type: 'text' },
    executor: { type: 'text', nullable: true },
    startedAt: { type: 'timestamptz' },
    limitDuration: { type: 'text' },
    plain: { type: 'boolean' },
    warnAt: { type: 'timestamptz', nullable: true },
    dueAt: { type: 'timestamptz' },
    provisional: { type: 'boolean' },
    spent: { type: 'jsonb' },
    stoppedAt: { type: 'timestamptz', nullable: true },
    missedAt: { type: 'timestamptz', nullable: true },
  },
});
