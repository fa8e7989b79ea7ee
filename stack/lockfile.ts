import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';

/** `coordinates`: `group:artifact:version[:classifier or type other than jar]`. `sha256`: hex. */
export interface Locked {
  coordinates: string;
  sha256: string;
}

/** The pinned artifacts of a lock file: one a line, `coordinates  sha256`; `#` starts a comment. */
export async function readLockfile(path: string): Promise<Locked[]> {
  const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => /^[^#\s]/.test(line));
  return lines.map((line) => {
    const [coordinates, sha256, ...rest] = line.trim().split(/\s+/);
    if (coordinates === undefined || !/^[0-9a-f]{64}$/.test(sha256 ?? '') || rest.length > 0) {
      throw new Error(`${path}: not "coordinates  sha256": ${line}`);
    }
    return { coordinates, sha256: sha256! };
  });
}

/** SHA-256 of a file, in hex. */
export async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/**
 * Checks that exactly the pinned artifacts came, each with its checksum.
 * `files`: path by coordinates. Throws an Error that lists every difference.
 */
export async function verify(locked: Locked[], files: Map<string, string>): Promise<void> {
  const faults: string[] = [];
  for (const { coordinates, sha256: expected } of locked) {
    const path = files.get(coordinates);
    if (path === undefined) {
      faults.push(`${coordinates} did not come`);
      continue;
    }
    const actual = await sha256(path);
    if (actual !== expected)
      faults.push(`${path}\n    has sha256 ${actual}\n    pinned is  ${expected}`);
  }
  const pinned = new Set(locked.map(({ coordinates }) => coordinates));
  for (const coordinates of files.keys()) {
    if (!pinned.has(coordinates)) faults.push(`${coordinates} came and is not pinned`);
  }
  if (faults.length === 0) return;
  throw new Error(
    [
      'What Maven fetched is not what is pinned, so it is not used:',
      ...faults.map((fault) => `  ${fault}`),
      "Delete the file from Maven's local repository and start again; if it comes back the same, the mirror serves something else.",
    ].join('\n'),
  );
}
