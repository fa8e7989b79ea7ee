import { readFile } from 'node:fs/promises';
import { run } from './run.ts';

/**
 * What tells a process from a later one with the same number: the moment it started.
 * null when there is no such process (a zombie counts as none).
 */
export async function identify(pid: number): Promise<string | null> {
  if (process.platform === 'linux') return identifyOnLinux(pid);
  const { code, output } =
    process.platform === 'win32'
      ? await run('powershell', [
          '-NoProfile',
          '-Command',
          `(Get-Process -Id ${pid}).StartTime.Ticks`,
        ])
      : await run('ps', ['-o', 'lstart=', '-p', String(pid)]);
  return code === 0 && output.trim() !== '' ? output.trim() : null;
}

async function identifyOnLinux(pid: number): Promise<string | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  if (stat === null) return null;
  // The command's name, in brackets, may itself hold spaces and brackets.
  const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (state === 'Z' || state === 'X') return null;
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
  return `${boot.trim()}:${rest[18] ?? ''}`;
}

/** A process as it is written down: number and identity. */
export interface Running {
  pid: number;
  identity: string;
}

export async function isAlive({ pid, identity }: Running): Promise<boolean> {
  return (await identify(pid)) === identity;
}

export async function thisProcess(): Promise<Running> {
  return { pid: process.pid, identity: (await identify(process.pid)) ?? '' };
}
