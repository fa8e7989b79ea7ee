import { z } from 'zod';
import type { MetaClient, Query } from './client.ts';

/** One page of a list; `next` is an address that holds a token, so only `after` is used. */
export const listOf = <T>(item: z.ZodType<T>) =>
  z.object({
    data: z.array(item).default([]),
    paging: z
      .object({
        cursors: z.object({ after: z.string().optional() }).optional(),
        next: z.string().optional(),
      })
      .optional(),
  });

/** All pages of a list, in its order. */
export async function* pagesOf<T>(
  client: MetaClient,
  item: z.ZodType<T>,
  { path, params }: Query,
  signal?: AbortSignal,
): AsyncGenerator<T[]> {
  let after: string | undefined;
  do {
    const page = await client.read(listOf(item), { path, params: { ...params, after } }, signal);
    yield page.data;
    after = page.paging?.next === undefined ? undefined : page.paging.cursors?.after;
  } while (after !== undefined);
}
