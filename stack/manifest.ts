import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { InputError } from '../src/errors.ts';

/** Raised when the layout of backups changes. */
const FORMAT = 1;
const NAME = 'manifest.json';

const versions = z.object({
  otklik: z.string(),
  camunda: z.string(),
  opensearch: z.string(),
  /** Major. */
  postgres: z.string(),
  /** As Node.js names system and processor. */
  platform: z.string(),
});
const entry = z.object({
  path: z.string().regex(/^(data|attachments)(\/(?!\.\.?(\/|$))[^/\0]+)*$/, 'no path of a backup'),
  /** Permissions. */
  mode: z.int().min(0).max(0o7777),
  /** Null for a folder. */
  file: z.object({ bytes: z.int(), sha256: z.string().regex(/^[0-9a-f]{64}$/) }).nullable(),
});
const manifest = z.object({
  format: z.literal(FORMAT),
  /** ISO, UTC. */
  takenAt: z.iso.datetime(),
  versions,
  /** Folders before what is in them. */
  entries: z.array(entry),
});

export type Versions = z.output<typeof versions>;
export type Entry = z.output<typeof entry>;
/** What a backup holds; it is written last. */
export type Manifest = z.output<typeof manifest>;

export async function writeManifest(dir: string, it: Omit<Manifest, 'format'>): Promise<void> {
  const text = JSON.stringify({ format: FORMAT, ...it }, null, 1);
  await writeFile(join(dir, NAME), `${text}\n`, { flag: 'wx', flush: true });
}

/** @throws InputError when `dir` is no whole backup or one of another format. */
export async function readManifest(dir: string): Promise<Manifest> {
  const text = await readFile(join(dir, NAME), 'utf8').catch((error: unknown) => {
    throw new InputError(`${dir} is not a whole backup: it has no ${NAME}`, { cause: error });
  });
  const parsed = manifest.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data;
  const { path = [], message = '' } = parsed.error.issues[0] ?? {};
  throw new InputError(
    `${join(dir, NAME)} is damaged or was written by another version of Otklik: ${path.join('.')} ${message}`,
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
