import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { until } from '../until.ts';

const ROOT = new URL('../..', import.meta.url).pathname;

/** A line of the log. */
export type Line = Record<string, unknown> & { msg: string };

/** What `GET /health/ready` says. */
export interface Ready {
  code: number;
  status: string;
  missing?: { part: string; since: string }[];
  degraded?: { part: string; since: string }[];
}

/** The application as a process of its own. */
export interface MainProcess {
  url: string;
  pid: number;
  /** Lines of the log with this text. */
  lines(msg: string): Line[];
  /** Everything it wrote. */
  output(): string;
  ready(): Promise<Ready>;
  /** Waits until it is ready to work. */
  isReady(): Promise<void>;
  /** Asks it to stop. */
  tell(signal: NodeJS.Signals): void;
  /** How it ended, and milliseconds since it was first told to. */
  ended: Promise<{ code: number | null; ms: number }>;
}

/** Runs `src/main.ts` with these settings and no others. */
export function startMain(settings: Record<string, string>): MainProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], OTKLIK_LOG_LEVEL: 'info', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  const url = `http://127.0.0.1:${settings['OTKLIK_PORT']}`;
  let toldAt: number | null = null;
  const lines = () =>
    output
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Line);
  const ready = async (): Promise<Ready> => {
    const response = await fetch(`${url}/health/ready`);
    return { code: response.status, ...((await response.json()) as Omit<Ready, 'code'>) };
  };
  return {
    url,
    pid: child.pid ?? 0,
    lines: (msg) => lines().filter((line) => line.msg === msg),
    output: () => output,
    ready,
    async isReady() {
      await until(async () => {
        if (child.exitCode !== null) throw new Error(`it ended:\n${output}`);
        return (await ready().catch(() => null))?.code === 200;
      });
    },
    tell(signal) {
      toldAt ??= performance.now();
      child.kill(signal);
    },
    ended: once(child, 'close').then(([code]) => ({
      code: code as number | null,
      ms: performance.now() - (toldAt ?? 0),
    })),
  };
}
