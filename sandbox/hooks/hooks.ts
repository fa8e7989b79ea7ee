import type { Storage } from '../storage.ts';

/** A call that came to `POST /hooks/{name}`. */
export interface Hook {
  id: number;
  /** ISO, when it came. */
  at: string;
  name: string;
  headers: Record<string, string>;
  /** Parsed when it is JSON, else the text as it came. */
  body: unknown;
}

const KEPT = 1000;

export interface Hooks {
  /** Newest first; `name` leaves only that receiver's. */
  messages(name?: string): Hook[];
  add(name: string, headers: Record<string, string>, text: string): Hook;
  clear(): void;
}

export function createHooks(storage: Storage, now: () => Date): Hooks {
  let hooks = (storage.load() as Hook[] | null) ?? [];
  return {
    messages: (name) => hooks.filter((hook) => !name || hook.name === name).toReversed(),
    add(name, headers, text) {
      const id = (hooks.at(-1)?.id ?? 0) + 1;
      const hook = { id, at: now().toISOString(), name, headers, body: parse(text) };
      hooks = [...hooks, hook].slice(-KEPT);
      storage.save(hooks);
      return hook;
    },
    clear() {
      hooks = [];
      storage.wipe();
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
