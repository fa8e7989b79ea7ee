import { z } from 'zod';
import type { Source } from '../port.ts';
import type { VkSettings } from '../settings.ts';
import type { VkClient } from './client.ts';
import { people, readFound } from './found.ts';
import { ago, seconds } from './seconds.ts';

const results = people.extend({
  items: z.array(z.looseObject({ date: z.number().optional() })),
  next_from: z.string().optional(),
  total_count: z.number().default(0),
});

/** Where the next window begins, unix seconds. */
const cursor = z.object({ from: z.number() }).nullish();

/**
 * All public posts and comments with `word`, newest first. Windows are counted by VK's own dates and
 * overlap, so neither a wrong clock here nor a late index there loses anything.
 */
export function searchSource(client: VkClient, settings: VkSettings, word: string): Source {
  return {
    key: `search:${word}`,
    async *read(position, signal) {
      const from = cursor.parse(position)?.from ?? ago(settings.lookBack);
      let next = from;
      for await (const page of searchPages(client, word, from, signal)) {
        const newest = Math.max(0, ...page.items.map((item) => item.date ?? 0));
        next = Math.max(next, newest - seconds(settings.overlap));
        yield { found: readFound(settings, page.items, page), position: { from: next } };
      }
    },
  };
}

/** VK ends a query after 1,000 results: what is older is asked for with an earlier end. */
async function* searchPages(client: VkClient, q: string, from: number, signal: AbortSignal) {
  let end: number | undefined;
  let start: string | undefined;
  let given = 0;
  for (;;) {
    const page = await client.read(
      results,
      'newsfeed.search',
      { q, count: 200, extended: 1, start_time: from, end_time: end, start_from: start },
      signal,
    );
    yield page;
    given += page.items.length;
    start = page.next_from;
    if (start !== undefined && page.items.length > 0) continue;
    const oldest = page.items.at(-1)?.date;
    if (oldest === undefined || oldest === end || given >= page.total_count) return;
    [end, start, given] = [oldest, undefined, 0];
  }
}
