import { EntitySchema } from 'typeorm';

/** How far a source of a network was read, and who reads it now. */
export interface PollCursor {
  network: string;
  source: string;
  position: unknown;
  leaseOwner: string | null;
  leaseUntil: Date | null;
  lastSuccessAt: Date | null;
  lastError: string | null;
}

export const PollCursorEntity = new EntitySchema<PollCursor>({
  name: 'PollCursor',
  tableName: 'poll_cursor',
  columns: {
    network: { type: 'text', primary: true },
    source: { type: 'text', primary: true },
    position: { type: 'jsonb', nullable: true },
    leaseOwner: { type: 'text', nullable: true },
    leaseUntil: { type: 'timestamptz', nullable: true },
    lastSuccessAt: { type: 'timestamptz', nullable: true },
    lastError: { type: 'text', nullable: true },
  },
});
