import { z } from 'zod';
import type { MetaClient } from '../meta/client.ts';
import { pagesOf } from '../meta/pages.ts';
import { mentionSource, watchSource, type Watched } from '../meta/sources.ts';
import { graphTime } from '../meta/time.ts';
import type { FoundPost, Source } from '../port.ts';
import { COMMENT_FIELDS, POST_FIELDS, readFound } from './found.ts';
import type { FacebookSettings } from './settings.ts';

const PAGE = 100;
/** The number of all comments, answers to comments among them. */
const COUNT = 'comments.filter(stream).limit(0).summary(true)';

const watched = z.looseObject({
  id: z.string(),
  created_time: graphTime,
  comments: z.object({ summary: z.object({ total_count: z.number() }) }).optional(),
});

/** Our page: others' posts on it, and comments under its posts and theirs. */
export function pageSource(client: MetaClient, settings: FacebookSettings): Source {
  return watchSource('facebook', `page:${settings.page}`, settings, {
    async *posts(signal) {
      const query = {
        path: `${settings.page}/feed`,
        params: { fields: `${POST_FIELDS},${COUNT}`, limit: PAGE },
      };
      for await (const items of pagesOf(client, z.unknown(), query, signal)) {
        yield items.flatMap((item): Watched[] => {
          const found = readFound(settings, item);
          const parsed = watched.safeParse(item);
          if (!parsed.success) return [];
          const { id, created_time, comments } = parsed.data;
          const count = comments?.summary.total_count ?? 0;
          return [{ id, publishedAt: created_time, comments: count, found }];
        });
      }
    },
    comments: ({ id }, signal) => commentsUnder(client, settings, id, signal),
  });
}

async function* commentsUnder(
  client: MetaClient,
  settings: FacebookSettings,
  post: string,
  signal: AbortSignal,
): AsyncGenerator<FoundPost[]> {
  const query = {
    path: `${post}/comments`,
    params: { filter: 'stream', order: 'chronological', fields: COMMENT_FIELDS, limit: PAGE },
  };
  for await (const items of pagesOf(client, z.unknown(), query, signal)) {
    yield items.flatMap((item) => readFound(settings, item, post) ?? []);
  }
}

/** Others' posts elsewhere that name our page. */
export function taggedSource(client: MetaClient, settings: FacebookSettings): Source {
  return mentionSource(`tagged:${settings.page}`, settings, async function* (signal) {
    const query = {
      path: `${settings.page}/tagged`,
      params: { fields: POST_FIELDS, limit: PAGE },
    };
    for await (const items of pagesOf(client, z.unknown(), query, signal)) {
      yield items.flatMap((item) => readFound(settings, item) ?? []);
    }
  });
}
