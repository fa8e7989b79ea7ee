import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isEngineAway } from './away.ts';
import type { Engine } from './client.ts';

const LONGEST_MS = 30_000;
const AGAIN_MS = 1_000;

/** Deploys every diagram, table and form of `dir` in one go, so that they are bound to each other. */
export async function deploy(engine: Engine, dir: string): Promise<string[]> {
  const names = (await readdir(dir, { recursive: true })).sort();
  const resources = await Promise.all(
    names
      .filter((name) => /\.(bpmn|dmn|form)$/.test(name))
      .map(async (name) => {
        const content = await readFile(join(dir, name));
        const base = name.split('/').at(-1) ?? name;
        if (name.endsWith('.bpmn')) return { process: content, name: base };
        if (name.endsWith('.dmn')) return { decision: content, name: base };
        return { form: content, name: base };
      }),
  );
  await untilTaken(() => engine.deployResources(resources));
  return resources.map((resource) => resource.name);
}

/** An engine that has just started may be busy for some seconds. Doing it twice changes nothing. */
async function untilTaken(deployment: () => Promise<unknown>): Promise<void> {
  const end = performance.now() + LONGEST_MS;
  for (;;) {
    try {
      await deployment();
      return;
    } catch (error) {
      if (!isEngineAway(error) || performance.now() > end) throw error;
      await sleep(AGAIN_MS);
    }
  }
}
