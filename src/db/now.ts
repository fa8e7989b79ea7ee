import type { Tx } from './data-source.ts';

/** The database's clock, one for all machines: for what is no part of the Procedure. */
export async function databaseNow(tx: Tx): Promise<Date> {
  const [row] = await tx.query<{ now: Date }[]>('select now() as now');
  if (row === undefined) throw new Error('the database has no time');
  return row.now;
}
