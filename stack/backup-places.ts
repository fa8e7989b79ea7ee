import { readFile } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { InputError } from '../src/errors.ts';
import type { Versions } from './manifest.ts';
import { partVersions } from './parts.ts';
import { postgresMajor } from './postgres.ts';
import type { StackSettings } from './settings.ts';

/** What a backup is made of. */
export interface Places {
  settings: StackSettings;
  /** Absolute; null when attachments are kept in the database or in the data folder. */
  attachments: string | null;
}

/** @throws InputError when the database is not the stack's own. */
export function backupPlaces(
  settings: StackSettings,
  env: NodeJS.ProcessEnv = process.env,
): Places {
  if (settings.databaseUrl !== null) {
    throw new InputError(
      'DATABASE_URL is set, and a database of your own is not part of the stack: back it up with pg_dump, as docs/production.md tells, or unset DATABASE_URL',
    );
  }
  const place = env['OTKLIK_ATTACHMENTS'] || 'postgres';
  const folder = place === 'postgres' ? null : resolve(place);
  return {
    settings,
    attachments: folder === null || isWithin(folder, settings.dataDir) ? null : folder,
  };
}

/** Whether `path` is `folder` or lies in it. */
export function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return !isAbsolute(way) && !way.split(/[\\/]/).includes('..');
}

/** What runs here. Files of a database and of Lucene are good for no other. */
export async function versionsHere(): Promise<Versions> {
  const path = join(import.meta.dirname, '..', 'package.json');
  const { version } = JSON.parse(await readFile(path, 'utf8')) as { version: string };
  return {
    otklik: version,
    ...partVersions,
    postgres: await postgresMajor(),
    platform: `${process.platform}-${process.arch}`,
  };
}
