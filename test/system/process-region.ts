import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from '../../src/db/data-source.ts';
import { DEFAULT_SURGE, type SurgeSettings } from '../../src/registry/surge.ts';
import { copyOfDemoRegion } from '../region.ts';

/**
 * The demo region with a fast network and a webhook that leads to the sandbox. Its citizens write the
 * same again and again, which is no surge.
 */
export interface ProcessRegion {
  dir: string;
  edit(file: string, old: string, replacement: string): Promise<number>;
}

export async function openRegion(sandboxUrl: string): Promise<ProcessRegion> {
  const copy = await copyOfDemoRegion();
  const edit = copy.edit.bind(copy);
  await edit('agencies.yaml', 'http://localhost:3100/hooks/', `${sandboxUrl}/hooks/`);
  await edit('networks.yaml', '{ user: 3, group: 20 }', '{ user: 1000, group: 1000 }');
  await edit('region.yaml', '  least: 10\n', '  least: 10000\n');
  const settings = await readFile(join(copy.dir, 'region.yaml'), 'utf8');
  const words = settings.slice(settings.indexOf('searchWords:'));
  await edit('region.yaml', words, 'searchWords: [Смоленск]\n');
  return { dir: copy.dir, edit };
}

/** Switches on what the demo region leaves to the customer's decision: all five networks are read. */
export async function switchOnNetworks(region: ProcessRegion): Promise<void> {
  for (const code of ['facebook', 'instagram', 'x']) {
    const [off, on] = ['false', 'true'].map((state) => `\n${code}:\n  enabled: ${state}`);
    await region.edit('networks.yaml', off!, on!);
  }
}

/** Changes when messages are a surge. */
export async function setSurge(
  { db }: { db: Database },
  changed: Partial<SurgeSettings>,
): Promise<void> {
  await db.query(`update region set settings = jsonb_set(settings, '{surge}', $1)`, [
    { ...DEFAULT_SURGE, ...changed },
  ]);
}
