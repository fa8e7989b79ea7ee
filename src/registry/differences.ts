import { FILES, type RegionFile } from './parts.ts';
import type { RegionSource } from './source.ts';

/** A field that is not what it was: `path` as in «minzdrav.executor»; null: it was not, or is not, there. */
export interface Difference {
  file: RegionFile | 'networks';
  path: string;
  before: string | null;
  after: string | null;
}

/** How a region's files differ, field by field; records are told by their login or code. */
export function differences(before: RegionSource | null, after: RegionSource): Difference[] {
  return FILES.flatMap((file) => {
    const [old, now] = [fieldsOf(before?.[file]), fieldsOf(after[file])];
    const paths = new Set([...old.keys(), ...now.keys()]);
    return [...paths].flatMap((path): Difference[] => {
      const [was, is] = [old.get(path) ?? null, now.get(path) ?? null];
      return was === is ? [] : [{ file, path, before: was, after: is }];
    });
  });
}

/** Every field of a file by its path. */
export function fieldsOf(value: unknown): Map<string, string> {
  const fields = new Map<string, string>();
  collect(value, '', fields);
  return fields;
}

function collect(value: unknown, path: string, fields: Map<string, string>): void {
  if (value === null || value === undefined) return;
  const under = (key: string) => (path === '' ? key : `${path}.${key}`);
  if (Array.isArray(value) && value.some((item) => nameOf(item) !== null)) {
    for (const item of value) collect(item, under(nameOf(item) ?? '?'), fields);
  } else if (Array.isArray(value)) {
    fields.set(path, value.length === 0 ? '—' : value.join(', '));
  } else if (typeof value === 'object') {
    for (const [key, inner] of Object.entries(value)) collect(inner, under(key), fields);
  } else {
    fields.set(path, `${value as string | number | boolean}`);
  }
}

/** What tells a record of a list from the others. */
function nameOf(item: unknown): string | null {
  const { login, code } = (item ?? {}) as { login?: unknown; code?: unknown };
  return typeof login === 'string' ? login : typeof code === 'string' ? code : null;
}
