import { readdir, readFile } from 'node:fs/promises';

const ROOT = new URL('../', import.meta.url);
const FOLDERS = ['docs/guide', 'region/smolensk'];

/** Russian words as often as this project's Russian texts have them. */
export const vocabulary: readonly string[] = await words();

async function words(): Promise<string[]> {
  const found: string[] = [];
  for (const folder of FOLDERS) {
    for (const name of await readdir(new URL(folder, ROOT))) {
      const text = await readFile(new URL(`${folder}/${name}`, ROOT), 'utf8');
      found.push(...(text.match(/[а-яё]+/gi) ?? []));
    }
  }
  return found;
}
