import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** The files below `folders` whose names end with `ending`, in order. */
export async function findFiles(folders: readonly string[], ending: string): Promise<string[]> {
  const found = await Promise.all(
    folders.map(async (folder) =>
      (await readdir(folder, { recursive: true }))
        .filter((name) => name.endsWith(ending))
        .map((name) => join(folder, name))
        .sort(),
    ),
  );
  return found.flat();
}
