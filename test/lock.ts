import type { Database } from '../src/db/data-source.ts';
import { until } from './until.ts';

const WAITING = `select from pg_stat_activity
  where datname = current_database() and wait_event_type = 'Lock'`;

/** Waits until somebody in this database waits for what another holds. */
export async function untilOneWaits(db: Database): Promise<void> {
  await until(async () => (await db.query<unknown[]>(WAITING)).length === 1);
}
