import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const DEMO = join(import.meta.dirname, '..', 'region', 'smolensk');

/** A copy of the demo region that a test may break. */
export interface RegionCopy {
  dir: string;
  /** Replaces the one `old` in a file; gives the line (from 1) at which the replacement begins. */
  edit(file: string, old: string, replacement: string): Promise<number>;
  remove(): Promise<void>;
}

export async function copyOfDemoRegion(): Promise<RegionCopy> {
  const dir = await mkdtemp(join(tmpdir(), 'otklik-test-region-'));
  await cp(DEMO, dir, { recursive: true });
  return {
    dir,
    async edit(file, old, replacement) {
      const path = join(dir, file);
      const [before, after, ...more] = (await readFile(path, 'utf8')).split(old);
      if (before === undefined || after === undefined || more.length > 0) {
        throw new Error(`«${old}» must stand in ${file} exactly once`);
      }
      await writeFile(path, before + replacement + after);
      return before.split('\n').length;
    },
    remove: () => rm(dir, { recursive: true, force: true }),
  };
}
