import { copyFile, link, mkdtemp, readFile, readdir, rename, rm, stat } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import type { Java } from './java.ts';
import { assertSpace } from './space.ts';
import { hold } from './hold.ts';
import { readLockfile, verify } from './lockfile.ts';
import { resolveProfile } from './mvn-resolve.ts';
import { run } from './run.ts';

/** Tells the person at the terminal one line. */
export type Say = (line: string) => void;

interface PartDefinition {
  /** Also the name of the lock file and of the folder in the cache. */
  name: string;
  title: string;
  profile: string;
  /** What it takes in the cache, in MB. */
  megabytes: number;
}

/** Of the parts whose data a backup holds. */
export const partVersions = { camunda: '8.6.0', opensearch: '2.19.1' };

const camunda = {
  name: `camunda-${partVersions.camunda}`,
  title: `Camunda ${partVersions.camunda}`,
  profile: 'camunda',
  megabytes: 310,
};
const opensearch = {
  name: `opensearch-${partVersions.opensearch}`,
  title: `OpenSearch ${partVersions.opensearch}`,
  profile: 'opensearch',
  megabytes: 70,
};
const engine88 = {
  name: 'zeebe-engine-8.8.21',
  title: 'Zeebe 8.8 in-memory engine',
  profile: 'engine88',
  megabytes: 150,
};

export interface Parts {
  /** Folder with `config/` and `lib/`. */
  camundaHome: string;
  /** Folder of jars. */
  opensearchLib: string;
}

/** Fetches what is not in the cache yet: once per user, safe when two start at the same time. */
export async function fetchParts(cacheDir: string, java: Java, say: Say): Promise<Parts> {
  const opensearchDir = await fetchPart(opensearch, cacheDir, java, say);
  const camundaDir = await fetchPart(camunda, cacheDir, java, say);
  return { camundaHome: join(camundaDir, camundaFolder), opensearchLib: opensearchDir };
}

/** The engine of the next generation, in memory (Zeebe 8.8.21): gives the folder of its jars. */
export async function fetchEngine88(cacheDir: string, java: Java, say: Say): Promise<string> {
  return fetchPart(engine88, cacheDir, java, say);
}

const camundaFolder = 'camunda-zeebe-8.6.0';

async function fetchPart(
  part: PartDefinition,
  cacheDir: string,
  java: Java,
  say: Say,
): Promise<string> {
  const lockPath = join(import.meta.dirname, `${part.name}.lock`);
  // Another lock file means another folder, so an old cache is never taken for the new one.
  const digest = createHash('sha256')
    .update(await readFile(lockPath))
    .digest('hex')
    .slice(0, 8);
  const target = join(cacheDir, `${part.name}-${digest}`);
  if (await exists(target)) return target;
  const release = await hold(join(cacheDir, 'fetch.lock'), (pid) =>
    say(`Waiting for process ${pid}, which is fetching engine parts…`),
  );
  try {
    if (await exists(target)) return target;
    // Maven's local repository takes the download, the cache what is unpacked.
    await assertSpace(cacheDir, {
      what: part.title,
      megabytes: part.megabytes * 2 + 200,
      setting: 'OTKLIK_CACHE',
    });
    const locked = await readLockfile(lockPath);
    say(`Fetching ${part.title} with Maven (about ${part.megabytes} MB, once)…`);
    const files = await resolveProfile(part.profile, java, say);
    say(`Checking ${locked.length === 1 ? 'the checksum' : `${locked.length} checksums`}…`);
    await verify(locked, files);
    await fill(target, [...files.values()]);
    say(`${part.title} is ready in ${target}`);
    return target;
  } finally {
    await release();
  }
}

/** Builds the folder aside and renames it, so that a broken-off attempt leaves nothing that looks whole. */
async function fill(target: string, files: string[]): Promise<void> {
  await removeBrokenOff(target);
  const aside = await mkdtemp(`${target}.part-`);
  try {
    for (const file of files) {
      if (file.endsWith('.tar.gz')) await unpack(file, aside);
      else await linkOrCopy(file, join(aside, basename(file)));
    }
    await rename(aside, target);
  } catch (error) {
    await rm(aside, { recursive: true, force: true });
    throw error;
  }
}

/** What a fetch that was killed left; the lock is ours, so nobody is still at it. */
async function removeBrokenOff(target: string): Promise<void> {
  const folder = dirname(target);
  const left = (await readdir(folder)).filter((name) =>
    name.startsWith(`${basename(target)}.part-`),
  );
  for (const name of left) await rm(join(folder, name), { recursive: true, force: true });
}

async function unpack(archive: string, into: string): Promise<void> {
  const { code, output } = await run('tar', ['-xzf', archive, '-C', into]);
  if (code !== 0) throw new Error(`tar could not unpack ${archive}: ${output.trim()}`);
}

/** A hard link takes no room; another disk, or one without links, gets a copy. */
async function linkOrCopy(from: string, to: string): Promise<void> {
  await link(from, to).catch(() => copyFile(from, to));
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );
