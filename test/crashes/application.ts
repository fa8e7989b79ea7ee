import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { startChild, type Child } from '../../stack/child.ts';
import { freePorts } from '../../stack/ports.ts';
import type { Line } from './moments.ts';
import { guardedBy } from './processes.ts';
import { layWire, type Wire } from './wire.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
/** Named in full: the working directory is that of the logs. */
const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const PATIENCE_MS = 120_000;

/** What the application is told of its world; ports of this machine. */
export interface Surroundings {
  ports: Record<Line, number>;
  databaseUrl: string;
  region: string;
  linkSecret: string;
  publicUrl: string;
  permalinkBase: string;
  tokens: { user: string; group: string };
  logDir: string;
}

/** One process of the application, with wires of its own to its world. */
export interface ApplicationProcess {
  url: string;
  wires: Record<Line, Wire>;
  isAlive(): boolean;
  /** Starts it and waits until it answers; again, when its world was not there yet. */
  start(): Promise<void>;
  /** Kills it at once, with SIGKILL. */
  kill(): void;
  /** Asks it to end, and waits until it has. */
  stop(): Promise<void>;
  /** How it ended when nobody had killed it. */
  surprises: string[];
  close(): Promise<void>;
}

export async function applicationProcess(
  index: number,
  surroundings: Surroundings,
): Promise<ApplicationProcess> {
  const wires = {
    database: await layWire(surroundings.ports.database),
    engine: await layWire(surroundings.ports.engine),
    network: await layWire(surroundings.ports.network),
    mail: await layWire(surroundings.ports.mail),
  };
  const { tasklist: port } = await freePorts();
  const env = environment(surroundings, wires, port);
  const surprises: string[] = [];
  let current: { child: Child; pid: number; expected: boolean } | null = null;

  const answers = () =>
    fetch(`http://localhost:${port}/health/live`).then(
      ({ ok }) => ok,
      () => false,
    );

  /** False: it ended before it answered. */
  async function tryToStart(): Promise<boolean> {
    const child = await startChild(
      {
        name: `application-${index}`,
        command: process.execPath,
        args: ['--import', TSX, MAIN],
        env,
        stopSignal: 'SIGTERM',
        graceMs: 30_000,
      },
      surroundings.logDir,
    );
    let ended = false;
    let ready = false;
    const started = { child, pid: await guardedBy(child.running.pid), expected: false };
    current = started;
    void child.ended.then((how) => {
      ended = true;
      if (ready && !started.expected) surprises.push(`application ${index}: ${how}`);
      if (current === started) current = null;
    });
    while (!ended && !(await answers())) await sleep(50);
    ready = !ended;
    return ready;
  }

  const it: ApplicationProcess = {
    url: `http://localhost:${port}`,
    wires,
    surprises,
    isAlive: () => current !== null,
    async start() {
      const end = performance.now() + PATIENCE_MS;
      while (!(await tryToStart())) {
        if (performance.now() > end) throw new Error(`application ${index} does not start`);
        await sleep(500);
      }
    },
    kill() {
      if (current === null) return;
      current.expected = true;
      process.kill(current.pid, 'SIGKILL');
      current = null;
    },
    async stop() {
      if (current === null) return;
      current.expected = true;
      await current.child.stop();
    },
    async close() {
      await it.stop();
      await Promise.all(Object.values(wires).map((wire) => wire.close()));
    },
  };
  return it;
}

function environment(
  { databaseUrl, region, linkSecret, publicUrl, permalinkBase, tokens }: Surroundings,
  wires: Record<Line, Wire>,
  port: number,
): Record<string, string> {
  const database = new URL(databaseUrl);
  database.port = String(wires.database.port);
  return {
    DATABASE_URL: database.href.replace(/^postgres:/, 'postgresql:'),
    OTKLIK_GRPC_ADDRESS: `localhost:${wires.engine.port}`,
    OTKLIK_PORT: String(port),
    OTKLIK_PUBLIC_URL: publicUrl,
    OTKLIK_REGION: region,
    OTKLIK_SMTP_URL: `smtp://localhost:${wires.mail.port}`,
    OTKLIK_LINK_SECRET: linkSecret,
    OTKLIK_LOG_LEVEL: 'warn',
    OTKLIK_VK_API_BASE: `http://localhost:${wires.network.port}/vk`,
    OTKLIK_VK_PERMALINK_BASE: permalinkBase,
    OTKLIK_VK_USER_TOKEN: tokens.user,
    OTKLIK_VK_GROUP_TOKEN: tokens.group,
    OTKLIK_VK_POLL_EVERY: 'PT0.4S',
  };
}
