import { isDeepStrictEqual } from 'node:util';

/** How what is in the files differs from what was in the database; names in the order of the files. */
export interface Changes {
  added: string[];
  changed: string[];
  unchanged: string[];
  removed: string[];
}

/** Compares rows by name; only what JSON can hold counts. */
export function compare<Row>(
  wanted: ReadonlyMap<string, Row>,
  present: ReadonlyMap<string, Row>,
): Changes {
  const names = [...wanted.keys()];
  const same = (name: string): boolean =>
    isDeepStrictEqual(plain(wanted.get(name)), plain(present.get(name)));
  return {
    added: names.filter((name) => !present.has(name)),
    changed: names.filter((name) => present.has(name) && !same(name)),
    unchanged: names.filter((name) => present.has(name) && same(name)),
    removed: [...present.keys()].filter((name) => !wanted.has(name)),
  };
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
