import type { Database } from '../db/data-source.ts';

/** The right of one process to read one source, and where it stopped reading. */
export interface Lease {
  /** What was kept by the last `done`; null: never read. */
  position: unknown;
  /** Prolongs the lease from now on; false: another process has it. */
  renew(ms: number): Promise<boolean>;
  /** Keeps the new position, and the lease for `ms` more; false: another process has it. */
  done(position: unknown, ms: number): Promise<boolean>;
  /** Keeps what went wrong for people to see, and the lease for `ms` more. */
  failed(error: string, ms: number): Promise<void>;
}

/**
 * Takes the lease of a source for `ms` milliseconds by the database's clock, or prolongs it for its
 * `owner`; null while another process has it, or the network is switched off.
 */
export async function takeLease(
  db: Database,
  owner: string,
  network: string,
  source: string,
  ms: number,
): Promise<Lease | null> {
  const key = [network, source];
  await db.query(
    'insert into poll_cursor (network, source) values ($1, $2) on conflict do nothing',
    key,
  );
  const [taken] = await update<{ position: unknown }>(
    `lease_owner = $3, lease_until = now() + make_interval(secs => $4 / 1000.0)`,
    `(lease_until is null or lease_until < now() or lease_owner = $3)
     and not exists (select from network_switch s where s.network = $1 and not s.can_read)
     returning position`,
    [ms],
  );
  if (!taken) return null;
  return {
    position: taken.position,
    renew: async (more) =>
      (await mine(`lease_until = now() + make_interval(secs => $4 / 1000.0)`, [more])) > 0,
    done: async (position, more) =>
      (await mine(
        `position = $5, last_success_at = now(), last_error = null,
         lease_until = now() + make_interval(secs => $4 / 1000.0)`,
        [more, JSON.stringify(position ?? null)],
      )) > 0,
    async failed(error, more) {
      await mine(`last_error = $5, lease_until = now() + make_interval(secs => $4 / 1000.0)`, [
        more,
        error.replaceAll('\0', ''),
      ]);
    },
  };

  async function mine(set: string, values: unknown[]): Promise<number> {
    return (await update(set, 'lease_owner = $3 returning 1', values)).length;
  }

  async function update<Row>(set: string, where: string, values: unknown[]): Promise<Row[]> {
    const [rows] = await db.query<[Row[], number]>(
      `update poll_cursor set ${set} where network = $1 and source = $2 and ${where}`,
      [...key, owner, ...values],
    );
    return rows;
  }
}

/** Gives up every lease of `owner`, so that others need not wait until it runs out. */
export async function dropLeases(db: Database, owner: string): Promise<void> {
  await db.query('update poll_cursor set lease_until = null where lease_owner = $1', [owner]);
}
