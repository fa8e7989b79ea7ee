import type { Tx } from './data-source.ts';

/** Work that one process at a time does, by the number of its lock. */
export const LOCKS = { surges: 51_915, figures: 51_916 } as const;

/** Whether this transaction has the lock, until its end; false: another has it. */
export async function tryLock(tx: Tx, lock: keyof typeof LOCKS): Promise<boolean> {
  const [row] = await tx.query<{ taken: boolean }[]>(
    'select pg_try_advisory_xact_lock($1) as taken',
    [LOCKS[lock]],
  );
  return row?.taken === true;
}
