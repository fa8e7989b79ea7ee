import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';
import { log } from '../log.ts';

const SOURCES = new URL('../../web', import.meta.url).pathname;

/** Where the built front-end is served from. */
export const ASSETS = join(SOURCES, 'dist');

/**
 * Builds the front-end unless what was built is there and newer than its sources. In an image it was
 * built when the image was.
 */
export async function buildAssets(): Promise<void> {
  if (await isBuilt()) return;
  const began = performance.now();
  await build({ root: SOURCES, configFile: join(SOURCES, 'vite.config.ts'), logLevel: 'warn' });
  log.info({ ms: Math.round(performance.now() - began) }, 'front-end built');
}

async function isBuilt(): Promise<boolean> {
  const built = join(ASSETS, 'dashboard.js');
  if (!existsSync(built)) return false;
  const { mtimeMs } = await stat(built);
  const names = await readdir(SOURCES, { withFileTypes: true });
  const files = names.filter((name) => name.isFile()).map(({ name }) => join(SOURCES, name));
  const times = await Promise.all(files.map(async (file) => (await stat(file)).mtimeMs));
  return times.every((time) => time <= mtimeMs);
}
