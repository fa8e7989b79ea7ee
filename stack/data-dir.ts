import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Its presence says that the folder is ours and may be deleted as a whole. */
const marker = '.otklik-data';

/** Creates the data folder, and marks it as ours unless it held something before. */
export async function openDataDir(dataDir: string): Promise<void> {
  await mkdir(dataDir, { recursive: true });
  if ((await readdir(dataDir)).length === 0) await writeFile(join(dataDir, marker), '');
}

/** Whether the folder was created by us; one that does not exist harms nobody. */
export async function isOurs(dataDir: string): Promise<boolean> {
  const names = await readdir(dataDir).catch(() => [marker]);
  return names.includes(marker);
}
