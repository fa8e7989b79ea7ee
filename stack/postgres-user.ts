import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { run } from './run.ts';

/** A user that PostgreSQL agrees to run as; `through` goes before the command line. */
export interface PostgresUser {
  uid?: number;
  gid?: number;
  through: string[];
}

/**
 * PostgreSQL refuses to run as root. An ordinary user runs it as himself; root runs it as `postgres` or,
 * where there is none, as `nobody`. Where that user cannot enter the folders (a home of root), it keeps
 * the one privilege to pass through them.
 * `paths`: what it must be able to reach. Throws an Error with the remedy when there is no way.
 */
export async function postgresUser(paths: string[]): Promise<PostgresUser> {
  if (process.getuid?.() !== 0) return { through: [] };
  const user = (await idsOf('postgres')) ?? (await idsOf('nobody'));
  if (user === null)
    throw new Error(`PostgreSQL does not run as root and no other user exists: ${remedy}`);
  const closed = (await Promise.all(paths.map(firstClosedFolder))).find(
    (folder) => folder !== null,
  );
  if (closed === undefined) return { ...user, through: [] };
  const through = [
    'setpriv',
    `--reuid=${user.uid}`,
    `--regid=${user.gid}`,
    '--clear-groups',
    '--inh-caps=+dac_override',
    '--ambient-caps=+dac_override',
  ];
  if ((await run(through[0]!, [...through.slice(1), 'true'])).code !== 0) {
    throw new Error(
      `PostgreSQL does not run as root, and no other user may enter ${closed}: ${remedy}, or move the project`,
    );
  }
  return { through };
}

const remedy = 'run as an ordinary user, or set DATABASE_URL to a PostgreSQL of your own';

async function idsOf(name: string): Promise<{ uid: number; gid: number } | null> {
  const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
  return uid.code === 0 && gid.code === 0
    ? { uid: Number(uid.output), gid: Number(gid.output) }
    : null;
}

/** The nearest folder above `path` that others may not enter, or null. */
async function firstClosedFolder(path: string): Promise<string | null> {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (((await stat(folder)).mode & 0o001) === 0) return folder;
    if (folder === dirname(folder)) return null;
  }
}
