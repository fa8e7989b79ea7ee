import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../errors.ts';
import { checkRegion } from './check-region.ts';
import { formatFault, type Fault } from './fault.ts';
import { FILES, OPTIONAL, type RegionFile } from './parts.ts';
import type { RegionDefinition } from './region.ts';
import type { RegionSource } from './source.ts';
import { readYaml, type YamlFile } from './yaml-file.ts';

export type LoadedRegion =
  { region: RegionDefinition; faults: [] } | { region: null; faults: Fault[] };

/** Reads a region's folder: the region, or every fault in the order of its files and lines. */
export async function loadRegion(dir: string): Promise<LoadedRegion> {
  const files = await readFiles(dir);
  const readable = (file: RegionFile): boolean => files[file].faults.length === 0;

  const values = Object.fromEntries(FILES.map((file) => [file, files[file].value]));
  const { region, violations } = checkRegion(values as RegionSource, readable);
  const faults = FILES.flatMap((file) =>
    readable(file)
      ? violations
          .filter((violation) => violation.file === file)
          .map(({ path, message }): Fault => ({
            file: join(dir, file),
            ...files[file].at(path),
            message,
          }))
          .sort((a, b) => a.line - b.line)
      : files[file].faults,
  );
  return faults.length > 0 || region === null ? { region: null, faults } : { region, faults: [] };
}

/**
 * The region in a folder.
 * @throws InputError with a line `file:line: message` for each fault.
 */
export async function regionIn(dir: string): Promise<RegionDefinition> {
  const { region, faults } = await loadRegion(dir);
  if (!region) throw new InputError(faults.map(formatFault).join('\n'));
  return region;
}

async function readFiles(dir: string): Promise<Record<RegionFile, YamlFile>> {
  const present = new Set(await readdir(dir).catch(() => []));
  const read = FILES.map(async (file) => {
    const missing = OPTIONAL.has(file) && !present.has(file);
    return [file, missing ? EMPTY_LIST : await readYaml(join(dir, file))] as const;
  });
  return Object.fromEntries(await Promise.all(read)) as Record<RegionFile, YamlFile>;
}

const EMPTY_LIST: YamlFile = { value: [], faults: [], at: () => ({ line: 1, column: 1 }) };
