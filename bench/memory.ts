import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { openDatabase, type Database } from '../src/db/data-source.ts';
import { connectEngine } from '../src/engine/client.ts';
import { deploy } from '../src/engine/deploy.ts';
import { takeIn } from '../src/monitor/intake.ts';
import { importRegion } from '../src/registry/import.ts';
import { regionIn } from '../src/registry/load.ts';
import { freePorts } from '../stack/ports.ts';
import { startTemporaryStack } from '../stack/temporary.ts';
import { newPosts } from './intake-posts.ts';
import { round, type Line } from './line.ts';

const ROOT = new URL('..', import.meta.url).pathname;
const MESSAGES = 10_000;
const LONGEST_MS = 15 * 60_000;

/** Resident memory of the application once that many messages wait for their curator. */
export async function memoryLines(): Promise<Line[]> {
  const stack = await startTemporaryStack({ log: () => undefined, parts: { webapps: false } });
  try {
    const { databaseUrl, grpcAddress } = stack.urls;
    const db = await openDatabase(databaseUrl);
    const engine = connectEngine(grpcAddress);
    await importRegion(db, await regionIn(`${ROOT}region/smolensk`));
    await deploy(engine, `${ROOT}bpmn`).finally(() => engine.close());
    const application = await startApplication({
      DATABASE_URL: databaseUrl,
      OTKLIK_GRPC_ADDRESS: grpcAddress,
      OTKLIK_ROLES: 'http,workers',
      OTKLIK_PORT: String((await freePorts()).tasklist),
      OTKLIK_LINK_SECRET: 'a secret of the benchmark',
      OTKLIK_LOG_LEVEL: 'error',
    });
    try {
      await takeIn(db, newPosts(0, MESSAGES), new Date());
      await untilProposed(db);
      const megabytes = (await residentKilobytes(application)) / 1_024;
      return [
        {
          name: 'resident memory',
          value: round(megabytes),
          unit: 'MiB',
          ratio: null,
          against: null,
          note: `the application with ${MESSAGES} messages in work, right after it handled them`,
        },
      ];
    } finally {
      application.kill('SIGTERM');
      await once(application, 'close');
      await db.destroy();
    }
  } finally {
    await stack.stop();
  }
}

async function startApplication(settings: Record<string, string>): Promise<ChildProcess> {
  const child = spawn(process.execPath, [...process.execArgv, 'src/main.ts'], {
    cwd: ROOT,
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await once(child, 'spawn');
  return child;
}

/** Every message has its process. */
async function untilProposed(db: Database): Promise<void> {
  const end = performance.now() + LONGEST_MS;
  for (;;) {
    const [row] = await db.query<{ waiting: number }[]>(
      `select count(*)::int as waiting from message where status = 'detected'`,
    );
    if (row?.waiting === 0) return;
    if (performance.now() > end) throw new Error(`${row?.waiting} messages still wait`);
    await sleep(500);
  }
}

/** As `ps` of Linux and macOS tells it. */
async function residentKilobytes({ pid }: ChildProcess): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
  return Number(stdout);
}
