import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { postgresPart } from '../stack/postgres.ts';
import { supervise } from '../stack/supervise.ts';
import { temporarySettings } from '../stack/temporary.ts';

/** Runs `act` on a PostgreSQL of its own, as the local stack starts it, with an empty database. */
export async function withPostgres<T>(act: (databaseUrl: string) => Promise<T>): Promise<T> {
  const settings = await temporarySettings();
  const { part, databaseUrl } = await postgresPart(settings);
  const server = supervise(part, {
    logDir: join(settings.dataDir, 'logs'),
    say: () => undefined,
    onChange: () => undefined,
  });
  try {
    await server.ready;
    return await act(databaseUrl);
  } finally {
    await server.stop();
    await rm(settings.dataDir, { recursive: true, force: true });
  }
}
