import { mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isAlive, thisProcess, type Running } from './identity.ts';

/** Gives the file back. */
export type Release = () => Promise<void>;

/**
 * Takes the file at `path` for this process alone. A file left by a process that is no more is taken over.
 * While a living process holds it, `onHeld(pid)` is called once; it may throw to give up, else we wait.
 */
export async function hold(path: string, onHeld: (pid: number) => void): Promise<Release> {
  await mkdir(dirname(path), { recursive: true });
  const mine = JSON.stringify(await thisProcess());
  let told = false;
  for (;;) {
    if (await writeNew(path, mine)) return () => rm(path, { force: true });
    const holder = await readHolder(path);
    if (holder === 'gone') continue;
    if (holder !== 'unreadable' && (await isAlive(holder))) {
      if (!told) onHeld(holder.pid);
      told = true;
    } else {
      await clear(path);
    }
    await pause(100);
  }
}

async function writeNew(path: string, text: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx');
    await file.writeFile(text);
    await file.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** A file that was just created may still be empty: it counts as unreadable only when it has been so for a while. */
async function readHolder(path: string): Promise<Running | 'gone' | 'unreadable'> {
  for (let tries = 0; tries < 20; tries++) {
    const text = await readFile(path, 'utf8').catch(() => null);
    if (text === null) return 'gone';
    try {
      return JSON.parse(text) as Running;
    } catch {
      await pause(50);
    }
  }
  return 'unreadable';
}

/** Removes a dead holder's file; a second file makes sure that two who saw it dead do not remove each other's. */
async function clear(path: string): Promise<void> {
  const taking = `${path}.taking`;
  if (!(await writeNew(taking, String(process.pid)))) {
    const age = await stat(taking).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > 10_000) await rm(taking, { force: true });
    return;
  }
  try {
    const holder = await readHolder(path);
    if (holder === 'gone') return;
    if (holder === 'unreadable' || !(await isAlive(holder))) await rm(path, { force: true });
  } finally {
    await rm(taking, { force: true });
  }
}
