import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { InputError } from '../errors.ts';
import { migrationPatience, sessionSettings } from './session.ts';

/** Only one process at a time changes the schema. */
const LOCK = 51900;
const LOOK_AGAIN_MS = 200;

type Session = Pick<DataSource, 'query'>;

/**
 * Brings the schema up to date; does nothing when it is.
 * @throws InputError when a newer version of the application changed it.
 */
export async function migrate(db: DataSource): Promise<void> {
  const known = db.migrations.map((migration) => migration.name ?? migration.constructor.name);
  const done = await applied(db);
  const newer = done.filter((name) => !known.includes(name));
  if (newer.length > 0) {
    throw new InputError(
      `The database was changed by a newer version of Otklik (${newer.join(', ')}): start that version, or restore a backup made before the update`,
    );
  }
  if (known.some((name) => !done.includes(name))) await migrateAlone(db);
}

/** The names of the changes that were made to the schema. */
async function applied(db: Session): Promise<string[]> {
  const [table] = await db.query<{ name: string | null }[]>(
    `select to_regclass('migrations')::text as name`,
  );
  if (table?.name == null) return [];
  const rows = await db.query<{ name: string }[]>('select name from migrations order by id');
  return rows.map(({ name }) => name);
}

async function migrateAlone(db: DataSource): Promise<void> {
  const options = { ...db.options, entities: [], extra: sessionSettings(migrationPatience) };
  const patient = await new DataSource(options).initialize();
  const runner = patient.createQueryRunner();
  try {
    while (!(await locked(runner))) await sleep(LOOK_AGAIN_MS);
    await patient.runMigrations();
  } finally {
    // The lock goes with its session.
    await runner.release();
    await patient.destroy();
  }
}

async function locked(session: Session): Promise<boolean> {
  const [row] = await session.query<{ locked: boolean }[]>(
    'select pg_try_advisory_lock($1) as locked',
    [LOCK],
  );
  return row?.locked ?? false;
}
