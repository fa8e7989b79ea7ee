import { EntitySchema } from 'typeorm';

/** A version of what an executor sent to the curator (clauses 7, 9). */
export interface Draft {
  id: string;
  sourceKey: string;
  assignmentId: string;
  version: number;
  text: string;
  submittedAt: Date;
  /** Ids of its photos and videos, in order. */
  attachments: string[];
}

export const DraftEntity = new EntitySchema<Draft>({
  name: 'Draft',
  tableName: 'draft',
  columns: {
    id: { type: 'uuid', primary: true },
    sourceKey: { type: 'text' },
    assignmentId: { type: 'uuid' },
    version: { type: 'integer' },
    text: { type: 'text' },
    submittedAt: { type: 'timestamptz' },
    attachments: { type: 'jsonb' },
  },
});
