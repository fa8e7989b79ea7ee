import { EntitySchema } from 'typeorm';

/** A return of an assignment as not of our competence (clause 5) and what the curator decided. */
export interface ReturnRequest {
  id: string;
  sourceKey: string;
  assignmentId: string;
  grounds: string;
  suggestedAgency: string | null;
  returnedAt: Date;
  late: boolean;
  decision: 'redirect' | 'refuse' | 'drop' | null;
  redirectedTo: string | null;
  decisionNote: string | null;
  decidedAt: Date | null;
}

export const ReturnRequestEntity = new EntitySchema<ReturnRequest>({
  name: 'ReturnRequest',
  tableName: 'return_request',
  columns: {
    id: { type: 'uuid', primary: true },
    sourceKey: { type: 'text' },
    assignmentId: { type: 'uuid' },
    grounds: { type: 'text' },
    suggestedAgency: { type: 'text', nullable: true },
    returnedAt: { type: 'timestamptz' },
    late: { type: 'boolean' },
    decision: { type: 'text', nullable: true },
    redirectedTo: { type: 'text', nullable: true },
    decisionNote: { type: 'text', nullable: true },
    decidedAt: { type: 'timestamptz', nullable: true },
  },
});
