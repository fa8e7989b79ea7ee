import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where a part of the sandbox keeps its state: one JSON document and any number of files. */
export interface Storage {
  /** The saved document; null when nothing was saved yet. */
  load(): unknown;
  save(document: unknown): void;
  put(name: string, bytes: Buffer): void;
  get(name: string): Buffer | null;
  /** Removes everything kept here. */
  wipe(): void;
}

/** For tests: nothing outlives the process. */
export function memoryStorage(): Storage {
  const files = new Map<string, Buffer>();
  let saved: unknown = null;
  return {
    load: () => structuredClone(saved),
    save: (document) => void (saved = document),
    put: (name, bytes) => void files.set(name, bytes),
    get: (name) => files.get(name) ?? null,
    wipe() {
      files.clear();
      saved = null;
    },
  };
}

/**
 * Keeps `state.json` and `files/` in `folder`. Every write goes to a temporary file that is renamed,
 * so a killed process leaves the old or the new document, never half of one.
 */
export function diskStorage(folder: string): Storage {
  const state = join(folder, 'state.json');
  return {
    load() {
      const text = read(state);
      if (text === null) return null;
      try {
        return JSON.parse(text.toString('utf8')) as unknown;
      } catch (cause) {
        throw new Error(`${state} is not valid JSON: delete it to start the sandbox empty`, {
          cause,
        });
      }
    },
    save: (document) => write(state, JSON.stringify(document)),
    put: (name, bytes) => write(inside(folder, name), bytes),
    get: (name) => read(inside(folder, name)),
    wipe: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Storage for one part of the sandbox; `dataDir` null keeps it in memory. */
export function openStorage(dataDir: string | null, part: string): Storage {
  return dataDir === null ? memoryStorage() : diskStorage(join(dataDir, 'sandbox', part));
}

function inside(folder: string, name: string): string {
  if (!/^[\w.-]+$/.test(name) || name.startsWith('.')) throw new Error(`bad file name: ${name}`);
  return join(folder, 'files', name);
}

function read(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function write(path: string, content: string | Buffer): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.tmp`, content);
  renameSync(`${path}.tmp`, path);
}
