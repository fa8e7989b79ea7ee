import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stackStatus } from '../../stack/control.ts';
import { freePorts, isTaken } from '../../stack/ports.ts';
import { until } from '../until.ts';
import { portSettings, readSettings, type Ports } from '../../stack/settings.ts';

const ROOT = new URL('../..', import.meta.url).pathname;

/** What a person has after `npm start`. */
export interface Started {
  tasklist: string;
  sandbox: string;
  /** The application's own pages. */
  application: string;
  /** Where the application keeps its data, with the password. */
  databaseUrl: () => Promise<string>;
  /** The engine's own interface, for its clock. */
  brokerRest: string;
  /** Kills it at once, checks that nothing of it outlives that, and runs `npm start` again. */
  crashAndStart: () => Promise<void>;
  /** Asks it to stop and runs `npm start` again on the same data. Resolves with how long that start took. */
  restart: () => Promise<{ startedInMs: number }>;
  /** Asks it to stop, as Ctrl-C does, and throws when anything of it is left running. */
  stop: () => Promise<void>;
}

/** Runs `npm start` on free ports with a data folder of its own, until it says that all is ready. */
export async function npmStart(): Promise<Started> {
  const ports = await freePorts();
  const { tasklist: http, grpc: sandbox, brokerRest: smtp } = await freePorts();
  const dataDir = await mkdtemp(join(tmpdir(), 'otklik-browser-'));
  const env = {
    ...process.env,
    ...environmentOf(ports),
    DATABASE_URL: '',
    OTKLIK_DATA: dataDir,
    OTKLIK_FAST_EXPORT: '1',
    OTKLIK_PORT: String(http),
    OTKLIK_SANDBOX_PORT: String(sandbox),
    OTKLIK_SANDBOX_SMTP_PORT: String(smtp),
  };
  const gone = () =>
    assertGone(dataDir, [...(Object.values(ports) as number[]), http, sandbox, smtp]);

  let launcher = await launch(env).catch(async (error: unknown) => {
    await rm(dataDir, { recursive: true });
    throw error;
  });
  return {
    tasklist: `http://localhost:${ports.tasklist}/tasklist`,
    sandbox: `http://localhost:${sandbox}`,
    application: `http://localhost:${http}`,
    databaseUrl: async () => {
      const password = (await readFile(join(dataDir, 'postgres-password'), 'utf8')).trim();
      return `postgresql://otklik:${password}@localhost:${ports.postgres}/otklik`;
    },
    brokerRest: `http://localhost:${ports.brokerRest}`,
    crashAndStart: async () => {
      await launcher.end('SIGKILL');
      // The guards notice that the launcher is gone, and stop their parts.
      await until(() =>
        gone().then(
          () => true,
          () => false,
        ),
      );
      launcher = await launch(env);
    },
    restart: async () => {
      await launcher.end('SIGTERM');
      const since = performance.now();
      launcher = await launch(env);
      return { startedInMs: performance.now() - since };
    },
    stop: async () => {
      await launcher.end('SIGTERM');
      await gone();
      await rm(dataDir, { recursive: true });
    },
  };
}

/** Starts the launcher and resolves when it says what to try first. */
async function launch(
  env: NodeJS.ProcessEnv,
): Promise<{ end: (signal: NodeJS.Signals) => Promise<void> }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'stack/start.ts'], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const closed = once(child, 'close');
  let output = '';
  await new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        if (output.includes('С чего начать')) resolve();
      });
    }
    child.once('close', () => reject(new Error(`npm start ended:\n${output}`)));
  });
  return {
    end: async (signal) => {
      child.kill(signal);
      await closed;
    },
  };
}

const environmentOf = (ports: Ports): Record<string, string> =>
  Object.fromEntries(
    Object.entries(ports).map(([name, port]) => [portSettings[name as keyof Ports], String(port)]),
  );

async function assertGone(dataDir: string, ports: number[]): Promise<void> {
  const parts = await stackStatus({ ...readSettings(), dataDir });
  const running = parts.filter(({ pid }) => pid !== null).map(({ title }) => title);
  if (running.length > 0) throw new Error(`still running: ${running.join(', ')}`);
  for (const port of ports) {
    if (await isTaken(port)) throw new Error(`something still listens on port ${port}`);
  }
}
