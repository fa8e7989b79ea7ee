import { EntitySchema } from 'typeorm';

/** Where a shortcoming can be on its way through clause 13. */
export const SHORTCOMING_STATES = [
  'open',
  'instructed',
  'overdue',
  'remedied',
  'measure',
  'unfounded',
  'withdrawn',
] as const;

/** A missed deadline or a fault of substance, its evidence and what followed (clauses 12, 13). */
export interface Shortcoming {
  id: string;
  sourceKey: string;
  kind: 'deadline' | 'substance';
  messageId: string;
  assignmentId: string | null;
  deadlineId: string | null;
  agencyCode: string;
  executor: string | null;
  supervisor: string;
  description: string;
  openedAt: Date;
  /** Login of the curator who noted the fault on the message's page; null: found by the system or at the review. */
  openedBy: string | null;
  status: (typeof SHORTCOMING_STATES)[number];
  decision: 'instruction' | 'measure' | 'unfounded' | null;
  decisionText: string | null;
  decidedAt: Date | null;
  remedyDueAt: Date | null;
  remedyText: string | null;
  closedAt: Date | null;
  /** When the curator took it back; it is kept and marked, and counts no more. */
  withdrawnAt: Date | null;
  withdrawnBy: string | null;
  withdrawalGrounds: string | null;
}

export const ShortcomingEntity = new EntitySchema<Shortcoming>({
  name: 'Shortcoming',
  tableName: 'shortcoming',
  columns: {
    id: { type: 'uuid', primary: true },
    sourceKey: { type: 'text' },
    kind: { type: 'text' },
    messageId: { type: 'uuid' },
    assignmentId: { type: 'uuid', nullable: true },
    deadlineId: { type: 'uuid', nullable: true },
    agencyCode: { type: 'text' },
    executor: { type: 'text', nullable: true },
    supervisor: { type: 'text' },
    description: { type: 'text' },
    openedAt: { type: 'timestamptz' },
    openedBy: { type: 'text', nullable: true },
    status: { type: 'text' },
    decision: { type: 'text', nullable: true },
    decisionText: { type: 'text', nullable: true },
    decidedAt: { type: 'timestamptz', nullable: true },
    remedyDueAt: { type: 'timestamptz', nullable: true },
    remedyText: { type: 'text', nullable: true },
    closedAt: { type: 'timestamptz', nullable: true },
    withdrawnAt: { type: 'timestamptz', nullable: true },
    withdrawnBy: { type: 'text', nullable: true },
    withdrawalGrounds: { type: 'text', nullable: true },
  },
});
