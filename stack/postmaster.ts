import { readFile } from 'node:fs/promises';
import { run } from './run.ts';

/** What a process is: a PostgreSQL server, something else, or no process any more. */
export async function whatIs(pid: number): Promise<'postmaster' | 'other' | 'gone'> {
  if (/postgres/i.test(await commandLine(pid))) return 'postmaster';
  return isThere(pid) ? 'other' : 'gone';
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function commandLine(pid: number): Promise<string> {
  if (process.platform === 'linux') return readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  const { output } =
    process.platform === 'win32'
      ? await run('tasklist', ['/fi', `PID eq ${pid}`, '/nh'])
      : await run('ps', ['-o', 'command=', '-p', String(pid)]);
  return output;
}
