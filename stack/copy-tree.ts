import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, lstat, mkdir, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { InputError } from '../src/errors.ts';

export interface Found {
  /** Relative, with slashes. */
  path: string;
  /** Permissions. */
  mode: number;
  isFolder: boolean;
  bytes: number;
}

/** Everything under `root` in order, folders before what is in them; `skip` leaves a path out. */
export async function walk(
  root: string,
  skip: (path: string) => boolean = () => false,
  under = '',
): Promise<Found[]> {
  const found: Found[] = [];
  for (const name of (await readdir(join(root, under))).sort()) {
    const path = under === '' ? name : `${under}/${name}`;
    if (skip(path)) continue;
    const stats = await lstat(join(root, path));
    const isFolder = stats.isDirectory();
    if (!isFolder && !stats.isFile()) {
      throw new InputError(
        `${join(root, path)} is neither a file nor a folder: a backup cannot hold it`,
      );
    }
    found.push({ path, mode: stats.mode & 0o7777, isFolder, bytes: isFolder ? 0 : stats.size });
    if (isFolder) found.push(...(await walk(root, skip, path)));
  }
  return found;
}

/** Copies one file, flushed to the disk; gives its size and checksum (hex). */
export async function copyFile(
  from: string,
  to: string,
  mode: number,
): Promise<{ bytes: number; sha256: string }> {
  await mkdir(dirname(to), { recursive: true });
  const hash = createHash('sha256');
  let bytes = 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  await pipeline(
    createReadStream(from),
    count,
    createWriteStream(to, { flags: 'wx', flush: true }),
  );
  await chmod(to, mode);
  return { bytes, sha256: hash.digest('hex') };
}
