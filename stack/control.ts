import { rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { InputError } from '../src/errors.ts';
import { isAlive } from './identity.ts';
import type { StackSettings } from './settings.ts';
import { isOurs } from './data-dir.ts';
import { aliveParts, readState, removeState } from './state.ts';

export interface PartStatus {
  title: string;
  state: string;
  address: string;
  /** null when there is no process. */
  pid: number | null;
}

/** What runs, by the launcher's state file and by asking the system whether those processes live. */
export async function stackStatus(settings: StackSettings): Promise<PartStatus[]> {
  const state = await readState(settings.dataDir);
  if (state === null) return [];
  const launched = await isAlive(state.launcher);
  const parts = await Promise.all(
    state.parts.map(async ({ title, address, state: told, running }): Promise<PartStatus> => {
      const alive = running !== null && (await isAlive(running));
      const gone = launched && told !== 'running' ? told : 'stopped';
      const left = launched ? told : 'stopping';
      return { title, address, state: alive ? left : gone, pid: alive ? running.pid : null };
    }),
  );
  const launcher: PartStatus = {
    title: 'Launcher',
    state: launched ? 'running' : 'stopped',
    address: `since ${state.startedAt}`,
    pid: launched ? state.launcher.pid : null,
  };
  return [launcher, ...parts];
}

/**
 * Asks the running launcher to stop and waits until everything has; false when nothing ran.
 * Only a process that is the one written down is ever signalled.
 */
export async function stopStack(settings: StackSettings, withinMs = 150_000): Promise<boolean> {
  const state = await readState(settings.dataDir);
  if (state === null) return false;
  const ran = (await isAlive(state.launcher)) || (await aliveParts(state)).length > 0;
  if (await isAlive(state.launcher)) process.kill(state.launcher.pid, 'SIGTERM');
  const deadline = Date.now() + withinMs;
  while ((await isAlive(state.launcher)) || (await aliveParts(state)).length > 0) {
    if (Date.now() > deadline) {
      throw new Error(
        `The stack has not stopped within ${withinMs / 1000} s (process ${state.launcher.pid})`,
      );
    }
    await pause(200);
  }
  await removeState(settings.dataDir);
  return ran;
}

/** Deletes everything in the stack's data folder; the cache of engine parts stays. */
export async function resetStack(settings: StackSettings): Promise<void> {
  const running = (await stackStatus(settings)).find(({ pid }) => pid !== null);
  if (running !== undefined) {
    throw new InputError('The stack is running: stop it first, with "npm run stack -- stop"');
  }
  if (!(await isOurs(settings.dataDir))) {
    throw new InputError(`${settings.dataDir} was not created by the stack: delete it by hand`);
  }
  await rm(settings.dataDir, { recursive: true, force: true });
}
