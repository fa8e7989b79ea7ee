import { setTimeout as sleep } from 'node:timers/promises';
import { stackStatus } from '../../stack/control.ts';
import { run } from '../../stack/run.ts';
import type { StackSettings } from '../../stack/settings.ts';
import type { Victim } from './plan.ts';

const TITLES: Record<Exclude<Victim, 'application'>, string> = {
  broker: 'Zeebe',
  postgres: 'PostgreSQL',
  opensearch: 'OpenSearch',
};

export type Part = keyof typeof TITLES;

/** The process that a guard of the stack watches over. */
export async function guardedBy(guard: number): Promise<number> {
  for (let tries = 0; tries < 200; tries++) {
    const { output } = await run('ps', ['-A', '-o', 'pid=,ppid=']);
    const rows = output.split('\n').map((line) => line.trim().split(/\s+/).map(Number));
    const found = rows.find(([, parent]) => parent === guard)?.[0];
    if (found !== undefined) return found;
    await sleep(20);
  }
  throw new Error(`process ${guard} guards nothing`);
}

/** The guard of a part that is up; null while the part is not. */
export async function guardOf(settings: StackSettings, part: Part): Promise<number | null> {
  const rows = await stackStatus(settings);
  const found = rows.find(({ title }) => title === TITLES[part]);
  return found?.state === 'running' ? found.pid : null;
}
