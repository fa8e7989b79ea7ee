import { EntitySchema } from 'typeorm';

/** One agency's share of one message: one round of received, answered or returned. */
export interface Assignment {
  id: string;
  sourceKey: string;
  messageId: string;
  agencyCode: string;
  executor: string;
  receivedAt: Date;
  finishedAt: Date | null;
  status: 'open' | 'drafted' | 'returned' | 'redirected' | 'dropped';
  reworkRounds: number;
}

export const AssignmentEntity = new EntitySchema<Assignment>({
  name: 'Assignment',
  tableName: 'assignment',
  columns: {
    id: { type: 'uuid', primary: true },
    sourceKey: { type: 'text' },
    messageId: { type: 'uuid' },
    agencyCode: { type: 'text' },
    executor: { type: 'text' },
    receivedAt: { type: 'timestamptz' },
    finishedAt: { type: 'timestamptz', nullable: true },
    status: { type: 'text' },
    reworkRounds: { type: 'integer' },
  },
});
