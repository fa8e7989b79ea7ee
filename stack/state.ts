import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isAlive, type Running } from './identity.ts';
import type { PartState } from './supervise.ts';

/** What the launcher writes down for `status` and `stop`. */
export interface StackState {
  launcher: Running;
  /** ISO, UTC. */
  startedAt: string;
  parts: {
    name: string;
    title: string;
    address: string;
    state: PartState;
    running: Running | null;
  }[];
}

const pathIn = (dataDir: string) => join(dataDir, 'stack.json');

/** null when no stack has been started from this folder, or it ended in good order. */
export async function readState(dataDir: string): Promise<StackState | null> {
  const text = await readFile(pathIn(dataDir), 'utf8').catch(() => null);
  return text === null ? null : (JSON.parse(text) as StackState);
}

export async function writeState(dataDir: string, state: StackState): Promise<void> {
  const aside = `${pathIn(dataDir)}.new`;
  await writeFile(aside, JSON.stringify(state, null, 2));
  await rename(aside, pathIn(dataDir));
}

export async function removeState(dataDir: string): Promise<void> {
  await rm(pathIn(dataDir), { force: true });
}

/** Names of the parts whose processes are alive. */
export async function aliveParts(state: StackState): Promise<string[]> {
  const alive = await Promise.all(
    state.parts.map(async ({ title, running }) =>
      running !== null && (await isAlive(running)) ? title : null,
    ),
  );
  return alive.filter((title) => title !== null);
}

/** Parts of a launcher that was killed stop by themselves: waits for them, up to `withinMs`. */
export async function waitForLeftovers(
  dataDir: string,
  say: (line: string) => void,
  withinMs = 60_000,
): Promise<void> {
  const state = await readState(dataDir);
  if (state === null) return;
  const deadline = Date.now() + withinMs;
  for (let told = false; ; told = true) {
    const alive = await aliveParts(state);
    if (alive.length === 0) return removeState(dataDir);
    if (Date.now() > deadline) {
      throw new Error(`Of the stack that ran before, these have not stopped: ${alive.join(', ')}`);
    }
    if (!told) say(`Waiting for ${alive.join(', ')} of the stack that ran before to stop…`);
    await pause(200);
  }
}
