import { EntitySchema } from 'typeorm';

/** What the curator decided on a version of the answer (clause 8). */
export interface ReviewDecision {
  id: string;
  sourceKey: string;
  messageId: string;
  answerId: string;
  decision: 'publish' | 'edit' | 'rework' | 'close';
  remarks: string | null;
  reworkAssignments: string[];
  fault: string | null;
  decidedAt: Date;
}

export const ReviewDecisionEntity = new EntitySchema<ReviewDecision>({
  name: 'ReviewDecision',
  tableName: 'review_decision',
  columns: {
    id: { type: 'uuid', primary: true },
    sourceKey: { type: 'text' },
    messageId: { type: 'uuid' },
    answerId: { type: 'uuid' },
    decision: { type: 'text' },
    remarks: { type: 'text', nullable: true },
    reworkAssignments: { type: 'jsonb' },
    fault: { type: 'text', nullable: true },
    decidedAt: { type: 'timestamptz' },
  },
});
