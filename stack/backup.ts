import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InputError } from '../src/errors.ts';
import { isWithin, versionsHere, type Places } from './backup-places.ts';
import { stackStatus } from './control.ts';
import { copyFile, walk, type Found } from './copy-tree.ts';
import { hold } from './hold.ts';
import { writeManifest, type Entry } from './manifest.ts';
import type { Say } from './parts.ts';
import { assertSpace } from './space.ts';

/** What is written anew at every start, tells of processes that run, or only informs. */
const NOT_KEPT =
  /^(logs|broker|webapps|stack\.json.*|launcher\.lock.*|opensearch\/node_1\/(logs|config)|postgres\/postmaster\.(pid|opts))$/;

/**
 * Copies everything of the stopped stack into the new folder `target`, with a manifest. The copy is made
 * aside and renamed, so that a broken-off one is never taken for a backup.
 * @throws InputError when the stack runs, there is nothing to copy, `target` exists or has no room.
 */
export async function backUp(places: Places, target: string, say: Say): Promise<void> {
  const { settings, attachments } = places;
  const { dataDir } = settings;
  if (!(await isFilled(join(dataDir, 'zeebe')))) {
    throw new InputError(`${dataDir} holds no data of the stack: is OTKLIK_DATA right?`);
  }
  if (await exists(target)) {
    throw new InputError(`${target} is there already: name a folder that is not`);
  }
  for (const folder of [dataDir, ...(attachments === null ? [] : [attachments])]) {
    if (isWithin(target, folder)) {
      throw new InputError(`${target} lies in ${folder}, which is what is backed up`);
    }
  }
  const release = await hold(join(dataDir, 'launcher.lock'), refuseRunning);
  const aside = `${target}.part`;
  try {
    if ((await stackStatus(settings)).some(({ pid }) => pid !== null)) refuseRunning();
    const found = [
      ...inFolder('data', dataDir, await walk(dataDir, (path) => NOT_KEPT.test(path))),
      ...(attachments !== null && (await isFilled(attachments))
        ? inFolder('attachments', attachments, await walk(attachments))
        : []),
    ];
    const megabytes = Math.ceil(found.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6);
    const what = { what: 'The backup', megabytes: megabytes + 50 };
    await assertSpace(dirname(target), { ...what, setting: 'the command' });
    say(`Copying ${found.length} files and folders, ${megabytes} MB…`);

    await rm(aside, { recursive: true, force: true });
    // It holds passwords, keys and what citizens wrote.
    await mkdir(aside, { mode: 0o700 });
    const takenAt = new Date().toISOString();
    const entries: Entry[] = [];
    for (const { from, path, mode, isFolder } of found) {
      const to = join(aside, path);
      if (isFolder) await mkdir(to, { recursive: true });
      entries.push({ path, mode, file: isFolder ? null : await copyFile(from, to, 0o600) });
    }
    await writeManifest(aside, { takenAt, versions: await versionsHere(), entries });
    await rename(aside, target);
    say(`The backup is in ${target}`);
  } catch (error) {
    await rm(aside, { recursive: true, force: true });
    throw error;
  } finally {
    await release();
  }
}

/** `from` is where it lies now, `path` where it goes in the backup. */
const inFolder = (name: string, root: string, found: Found[]): (Found & { from: string })[] => [
  { path: name, from: root, mode: 0o755, isFolder: true, bytes: 0 },
  ...found.map((one) => ({
    ...one,
    path: `${name}/${one.path}`,
    from: join(root, one.path),
  })),
];

function refuseRunning(): never {
  throw new InputError('The stack is running: stop it first, with "npm run stack -- stop"');
}

/** Whether the folder is there and holds something. */
export const isFilled = (folder: string): Promise<boolean> =>
  readdir(folder).then(
    (names) => names.length > 0,
    () => false,
  );

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
