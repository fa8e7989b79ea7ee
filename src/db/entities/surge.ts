import { EntitySchema } from 'typeorm';

/** More messages than usual on one topic from one municipality (clause 15). */
export interface Surge {
  id: string;
  topic: string | null;
  municipality: string | null;
  /** Where the window began in which it was detected. */
  windowFrom: Date;
  /** Where that window ended, by the database's clock. */
  detectedAt: Date;
  /** Messages in that window. */
  count: number;
  /** In the same hours of the weeks before, the latest first. */
  past: number[];
  /** What was usual; null: there were no weeks to compare with. */
  low: number | null;
  high: number | null;
  lastRaisedAt: Date;
  /** Null: it goes on. */
  endedAt: Date | null;
}

export const SurgeEntity = new EntitySchema<Surge>({
  name: 'Surge',
  tableName: 'surge',
  columns: {
    id: { type: 'uuid', primary: true },
    topic: { type: 'text', nullable: true },
    municipality: { type: 'text', nullable: true },
    windowFrom: { type: 'timestamptz' },
    detectedAt: { type: 'timestamptz' },
    count: { type: 'integer' },
    past: { type: 'integer', array: true },
    low: { type: 'integer', nullable: true },
    high: { type: 'integer', nullable: true },
    lastRaisedAt: { type: 'timestamptz' },
    endedAt: { type: 'timestamptz', nullable: true },
  },
});
