import { GraphError } from './errors.ts';

/** One page of a list. `limit` and `after` as they came; `next` is the address of the one after it. */
export function pageOf<T extends { id: string }>(
  items: readonly T[],
  params: Readonly<Record<string, string>>,
  defaults: { limit: number; max: number },
  show: (item: T) => unknown,
  next: (after: string) => string,
) {
  const limit = params['limit'] === undefined ? defaults.limit : Number(params['limit']);
  if (!Number.isInteger(limit) || limit < 0)
    throw new GraphError(100, 'Param limit must be a number');
  const { after } = params;
  const start = after === undefined ? 0 : items.findIndex(({ id }) => cursor(id) === after) + 1;
  if (after !== undefined && start === 0) throw new GraphError(100, 'Invalid cursors values');
  const shown = items.slice(start, start + Math.min(limit, defaults.max));
  const last = shown.at(-1);
  const first = shown[0];
  if (!first || !last) return { data: [] };
  const more = start + shown.length < items.length;
  const cursors = { before: cursor(first.id), after: cursor(last.id) };
  return {
    data: shown.map(show),
    paging: { cursors, ...(more && { next: next(cursors.after) }) },
  };
}

const cursor = (id: string): string => Buffer.from(id).toString('base64url');
