import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { InputError } from '../src/errors.ts';
import type { Command } from './child.ts';
import { whatIs } from './postmaster.ts';
import type { Part } from './part.ts';
import { loopback } from './ports.ts';
import type { PostgresFiles } from './postgres-files.ts';
import { postgresFiles } from './postgres-files.ts';
import { postgresUser, type PostgresUser } from './postgres-user.ts';
import { run } from './run.ts';
import type { StackSettings } from './settings.ts';

const role = 'otklik';
const database = 'otklik';

/** The bundled PostgreSQL; its cluster lives in `<data>/postgres`. Gives the part and the database's URL. */
export async function postgresPart(
  settings: StackSettings,
): Promise<{ part: Part; databaseUrl: string }> {
  const clusterDir = join(settings.dataDir, 'postgres');
  await mkdir(settings.dataDir, { recursive: true });
  const files = await postgresFiles();
  const user = await postgresUser([files.postgres, clusterDir]);
  const password = await keptPassword(join(settings.dataDir, 'postgres-password'));
  const urlOf = (name: string) =>
    `postgres://${role}:${password}@${loopback}:${settings.ports.postgres}/${name}`;
  const part: Part = {
    name: 'postgres',
    title: 'PostgreSQL',
    address: `${loopback}:${settings.ports.postgres}/${database}`,
    readyWithinMs: 120_000,
    async prepare() {
      if (await exists(join(clusterDir, 'PG_VERSION'))) await clearLeftover(clusterDir);
      else await createCluster(clusterDir, files, user, password);
    },
    command: () => asUser(user, files.postgres, serverOptions(clusterDir, settings.ports.postgres)),
    async isReady() {
      await createDatabase(urlOf('postgres'));
      return true;
    },
  };
  return { part, databaseUrl: urlOf(database) };
}

/** Major version of the bundled PostgreSQL. */
export async function postgresMajor(): Promise<string> {
  const { output } = await run((await postgresFiles()).postgres, ['--version']);
  return / (\d+)/.exec(output)?.[1] ?? output.trim();
}

/** User and group that must own the cluster's files; null: whoever we are. */
export async function clusterOwner(settings: StackSettings): Promise<[number, number] | null> {
  const { postgres } = await postgresFiles();
  return ownerOf(await postgresUser([postgres, join(settings.dataDir, 'postgres')]));
}

/** Throws an InputError that names DATABASE_URL when the database there does not answer. */
export async function assertAnswers(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
  } catch (error) {
    throw new InputError(`DATABASE_URL: ${(error as Error).message}`, { cause: error });
  } finally {
    await client.end().catch(() => undefined);
  }
}

function serverOptions(clusterDir: string, port: number): string[] {
  const settings = {
    listen_addresses: loopback,
    // A socket's path has a limit of about a hundred bytes, which a data folder may pass.
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    // The keys of a million messages come in no order: their indexes stay in memory, checkpoints are rare.
    shared_buffers: '512MB',
    max_wal_size: '4GB',
    // Steps that end together wait a millisecond for each other, and reach the disk in one go.
    commit_delay: '1000',
    commit_siblings: '2',
    // A failed statement may hold what citizens wrote.
    log_min_error_statement: 'panic',
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', clusterDir, '-p', String(port), ...options];
}

function asUser(user: PostgresUser, program: string, args: string[]): Command {
  const [command, ...rest] = [...user.through, program, ...args];
  return {
    name: 'postgres',
    command: command!,
    args: rest,
    // "Fast shutdown": open sessions are ended, everything is written.
    stopSignal: 'SIGINT',
    graceMs: 30_000,
    ...(user.uid === undefined ? {} : { uid: user.uid, gid: user.gid! }),
  };
}

/** Made aside and renamed, so that a broken-off attempt is not taken for a cluster. */
async function createCluster(
  clusterDir: string,
  files: PostgresFiles,
  user: PostgresUser,
  password: string,
): Promise<void> {
  const aside = `${clusterDir}.new`;
  const passwordFile = `${clusterDir}.password`;
  await rm(aside, { recursive: true, force: true });
  await mkdir(aside, { mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  const owner = ownerOf(user);
  if (owner !== null) for (const path of [aside, passwordFile]) await chown(path, ...owner);
  const { command, args, uid, gid } = asUser(user, files.initdb, [
    `--pgdata=${aside}`,
    `--username=${role}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // Russian order and letter case, the same on every system.
    '--locale=C',
    '--locale-provider=icu',
    '--icu-locale=ru-RU',
    '--no-instructions',
  ]);
  const ids = uid === undefined ? {} : { uid, gid: gid! };
  const { code, output } = await run(command, args, ids);
  await rm(passwordFile, { force: true });
  if (code !== 0)
    throw new Error(`initdb could not create the database cluster:\n${output.trim()}`);
  await rename(aside, clusterDir);
}

/** Under `setpriv` the ids are in its arguments. */
function ownerOf(user: PostgresUser): [number, number] | null {
  if (user.uid !== undefined) return [user.uid, user.gid!];
  const id = (option: string) =>
    Number(user.through.find((argument) => argument.startsWith(option))?.slice(option.length));
  return user.through.length === 0 ? null : [id('--reuid='), id('--regid=')];
}

/**
 * After a power failure `postmaster.pid` may name a process number that now belongs to another program,
 * and PostgreSQL would not start. One that names no process is left alone: PostgreSQL finds in it
 * whether sessions of the server that died still write, and then does not start beside them.
 */
async function clearLeftover(clusterDir: string): Promise<void> {
  const path = join(clusterDir, 'postmaster.pid');
  const pid = Number((await readFile(path, 'utf8').catch(() => '')).split('\n')[0]);
  if (!(pid > 0)) return;
  const owner = await whatIs(pid);
  if (owner === 'postmaster') {
    throw new Error(
      `PostgreSQL is already running on ${clusterDir} as process ${pid}: stop it first`,
    );
  }
  if (owner === 'other') await rm(path, { force: true });
}

/** Random, kept in the data folder: the port is open to every user of this machine. */
async function keptPassword(path: string): Promise<string> {
  const kept = await readFile(path, 'utf8').catch(() => null);
  if (kept !== null) return kept.trim();
  const password = randomBytes(18).toString('base64url');
  await writeFile(path, password, { mode: 0o600 });
  await chmod(path, 0o600);
  return password;
}

async function createDatabase(serverUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl, connectionTimeoutMillis: 2000 });
  try {
    await client.connect();
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${database}`);
  } finally {
    await client.end().catch(() => undefined);
  }
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );
