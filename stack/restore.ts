import { chmod, chown, mkdir, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InputError } from '../src/errors.ts';
import { isFilled } from './backup.ts';
import { versionsHere, type Places } from './backup-places.ts';
import { copyFile, walk } from './copy-tree.ts';
import { readManifest, type Entry, type Manifest, type Versions } from './manifest.ts';
import type { Say } from './parts.ts';
import { clusterOwner } from './postgres.ts';
import { assertSpace } from './space.ts';

/** How many faults of a damaged backup are told. */
const TOLD = 10;

const names: Record<Exclude<keyof Versions, 'otklik'>, string> = {
  camunda: 'Camunda',
  opensearch: 'OpenSearch',
  postgres: 'PostgreSQL',
  platform: 'the system',
};

/**
 * Puts the backup in `source` into the empty data folder, and attachments into theirs. Every checksum is
 * compared; what is restored appears whole or not at all.
 * @throws InputError when the backup is damaged or of other versions, or when something is there already.
 */
export async function restore(places: Places, source: string, say: Say): Promise<void> {
  const { dataDir } = places.settings;
  const manifest = await readManifest(source);
  refuseOtherVersions(manifest.versions, await versionsHere());
  const targets = await targetsOf(places, manifest);
  const bytes = manifest.entries.reduce((sum, { file }) => sum + (file?.bytes ?? 0), 0);
  await assertSpace(dirname(dataDir), {
    what: 'The data',
    megabytes: Math.ceil(bytes / 1e6) + 50,
    setting: 'OTKLIK_DATA',
  });
  say(`Restoring what was backed up at ${manifest.takenAt}, ${Math.ceil(bytes / 1e6)} MB…`);
  try {
    for (const { folder, aside } of targets) {
      await rm(aside, { recursive: true, force: true });
      for (const path of [folder, aside]) await mkdir(path, { recursive: true });
    }
    await copyAll(manifest.entries, source, targets);
    await giveToPostgres(places, manifest.entries, targets);
    // The data folder comes last: only then is there something that starts.
    for (const { folder, aside } of targets.toReversed()) {
      await rmdir(folder);
      await rename(aside, folder);
    }
    say(`Restored into ${targets.map(({ folder }) => folder).join(' and ')}`);
  } catch (error) {
    for (const { aside } of targets) await rm(aside, { recursive: true, force: true });
    throw error;
  }
}

/** Where a part of the backup goes, and where it is put together. */
interface Target {
  part: 'data' | 'attachments';
  folder: string;
  aside: string;
}

async function targetsOf(
  { settings, attachments }: Places,
  { entries }: Manifest,
): Promise<Target[]> {
  const places: [Target['part'], string][] = [['data', settings.dataDir]];
  if (entries.some(({ path }) => path === 'attachments')) {
    if (attachments === null) {
      throw new InputError(
        'The backup holds a folder of attachments: name an empty one in OTKLIK_ATTACHMENTS, outside OTKLIK_DATA',
      );
    }
    places.push(['attachments', attachments]);
  }
  for (const [part, folder] of places) {
    if (!(await isFilled(folder))) continue;
    const setting = part === 'data' ? 'OTKLIK_DATA' : 'OTKLIK_ATTACHMENTS';
    throw new InputError(
      `${folder} is not empty, and nothing is overwritten: point ${setting} at an empty folder`,
    );
  }
  return places.map(([part, folder]) => ({ part, folder, aside: `${folder}.restoring` }));
}

function refuseOtherVersions(there: Versions, here: Versions): void {
  const keys = Object.keys(names) as (keyof typeof names)[];
  const faults = keys
    .filter((key) => there[key] !== here[key])
    .map((key) => `  ${names[key]}: ${there[key]} in the backup, ${here[key]} here`);
  if (faults.length === 0) return;
  throw new InputError(
    [
      `The backup fits only the versions it was made with; take Otklik ${there.otklik} to restore it:`,
      ...faults,
    ].join('\n'),
  );
}

async function copyAll(entries: Entry[], source: string, targets: Target[]): Promise<void> {
  const known = new Set(entries.map(({ path }) => path));
  const present = (await walk(source)).map(({ path }) => path);
  const faults = present
    .filter((path) => path !== 'manifest.json' && !known.has(path))
    .map((path) => `${path} does not belong to it`);
  for (const { path, mode, file } of entries) {
    const to = placeOf(path, targets);
    if (file === null) {
      await mkdir(to, { recursive: true });
      continue;
    }
    const copied = await copyFile(join(source, path), to, mode).catch(ignoreMissing);
    if (copied === undefined) faults.push(`${path} is missing`);
    else if (copied.sha256 !== file.sha256) {
      faults.push(`${path} has the checksum ${copied.sha256} instead of ${file.sha256}`);
    }
  }
  if (faults.length > 0) {
    const more = faults.length > TOLD ? [`  and ${faults.length - TOLD} more`] : [];
    const lines = faults.slice(0, TOLD).map((fault) => `  ${fault}`);
    throw new InputError([`The backup in ${source} is damaged:`, ...lines, ...more].join('\n'));
  }
  // A folder's own mode may forbid to write into it, so inner ones first.
  for (const { path, mode } of entries.filter(({ file }) => file === null).toReversed()) {
    await chmod(placeOf(path, targets), mode);
  }
}

function placeOf(path: string, targets: Target[]): string {
  const [part = '', ...rest] = path.split('/');
  const target = targets.find((one) => one.part === part);
  if (target === undefined) throw new Error(`no place for ${path}`);
  return join(target.aside, ...rest);
}

/** PostgreSQL starts only on files of the user it runs as. */
async function giveToPostgres(places: Places, entries: Entry[], targets: Target[]): Promise<void> {
  const owner = await clusterOwner(places.settings);
  if (owner === null) return;
  for (const { path } of entries) {
    if (/^data\/postgres(\/|$)/.test(path)) await chown(placeOf(path, targets), ...owner);
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
