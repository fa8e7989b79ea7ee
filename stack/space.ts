import { mkdir, statfs } from 'node:fs/promises';
import { InputError } from '../src/errors.ts';

/**
 * Throws InputError unless `dir`, which is made if it is not there, has `megabytes` free for `what`.
 * `setting` moves it to another disk.
 */
export async function assertSpace(
  dir: string,
  { what, megabytes, setting }: { what: string; megabytes: number; setting: string },
): Promise<void> {
  await mkdir(dir, { recursive: true });
  const { bavail, bsize } = await statfs(dir);
  const free = Math.floor((bavail * bsize) / 1e6);
  if (free >= megabytes) return;
  throw new InputError(
    `${what} needs ${megabytes} MB and ${dir} has ${free} MB free: make room, or point ${setting} at another disk`,
  );
}
