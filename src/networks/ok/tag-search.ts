import { z } from 'zod';
import type { Source } from '../port.ts';
import type { OkClient } from './client.ts';
import type { OkSettings } from './settings.ts';
import { ago, millis, writeDate } from './time.ts';
import { entities, foundTopics, readTopics, TOPIC_FIELDS } from './topics.ts';

const PAGE = 100;

const results = z.object({
  entities: entities
    .removeDefault()
    .extend({ media_topics: z.array(z.unknown()).optional() })
    .default({}),
  anchor: z.string().nullish(),
  has_more: z.boolean().nullish(),
});

/** Where the next window begins, milliseconds of OK's clock. */
const cursor = z.object({ from: z.number() }).nullish();

/** Public topics with `word` as a hashtag: OK has no other search. */
export function tagSource(client: OkClient, settings: OkSettings, word: string): Source {
  const query = word.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();
  return {
    key: `tag:${query}`,
    async *read(position, signal) {
      const from = cursor.parse(position)?.from ?? ago(settings.lookBack);
      let next = from;
      for await (const { items, refers } of pages(from, signal)) {
        const topics = readTopics(items);
        const newest = Math.max(0, ...topics.map(({ created_ms }) => created_ms));
        next = Math.max(next, newest - millis(settings.overlap));
        yield {
          found: foundTopics(settings, topics, refers, from),
          position: { from: next },
        };
      }
    },
  };

  async function* pages(from: number, signal: AbortSignal) {
    const filter = JSON.stringify({ since: writeDate(from), types: ['GROUP_TOPIC', 'USER_TOPIC'] });
    for (let anchor: string | undefined; ;) {
      const page = await client.read(
        results,
        'search.tagContents',
        { query, filter, anchor, count: PAGE, fields: TOPIC_FIELDS },
        signal,
      );
      const items = page.entities.media_topics ?? [];
      yield { items, refers: page.entities };
      const following = page.anchor;
      const last = items.length === 0 || page.has_more === false;
      if (last || !following || following === anchor) return;
      anchor = following;
    }
  }
}
