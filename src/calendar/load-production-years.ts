import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../errors.ts';
import type { ProductionYear } from './production-year.ts';
import { parseYearFile } from './year-file.ts';

const NAME = /^ru-(\d{4})\.json$/;

/**
 * The official years of a region: every `ru-YYYY.json` in `dir`, in order of year.
 * @throws InputError naming the file that cannot be read, is malformed or does not add up.
 */
export function loadProductionYears(dir: string): ProductionYear[] {
  return attempt(dir, () => readdirSync(dir))
    .filter((name) => NAME.test(name))
    .sort()
    .map((name) => {
      const path = join(dir, name);
      const year = attempt(path, () => parseYearFile(JSON.parse(readFileSync(path, 'utf8'))));
      if (name !== `ru-${year.year}.json`) {
        throw new InputError(`${path}: the file is of ${year.year}; name it ru-${year.year}.json`);
      }
      return year;
    });
}

function attempt<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw new InputError(`${path}: ${(cause as Error).message}`, { cause });
  }
}
