import { z } from 'zod';
import type { MetaClient } from '../meta/client.ts';
import { pagesOf } from '../meta/pages.ts';
import { mentionSource, watchSource, type Watched } from '../meta/sources.ts';
import { graphTime } from '../meta/time.ts';
import type { FoundPost, Source } from '../port.ts';
import { MEDIA_FIELDS, REPLY_FIELDS, THREAD_FIELDS, readFound, type Place } from './found.ts';
import type { InstagramSettings } from './settings.ts';

const PAGE = 100;
const COMMENTS = 50;

const own = z.object({
  id: z.string(),
  timestamp: graphTime,
  permalink: z.string().optional(),
  comments_count: z.number().default(0),
});
const tagged = z.looseObject({ id: z.string() });
const thread = z.looseObject({
  id: z.string(),
  replies: z
    .object({
      data: z.array(z.unknown()).default([]),
      paging: z.object({ next: z.string().optional() }).optional(),
    })
    .optional(),
});

interface OwnMedia extends Watched {
  permalink: string | undefined;
}

/** Comments under our account's publications. */
export function mediaSource(client: MetaClient, settings: InstagramSettings): Source {
  const { id: account } = settings.account;
  return watchSource('instagram', `media:${account}`, settings, {
    async *posts(signal) {
      const fields = 'id,timestamp,permalink,comments_count';
      const query = { path: `${account}/media`, params: { fields, limit: PAGE } };
      for await (const items of pagesOf(client, own, query, signal)) {
        yield items.map(({ id, timestamp, permalink, comments_count }): OwnMedia => ({
          id,
          publishedAt: timestamp,
          comments: comments_count,
          permalink,
          found: null,
        }));
      }
    },
    comments: (media, signal) => commentsUnder(client, settings, media as OwnMedia, signal),
  });
}

async function* commentsUnder(
  client: MetaClient,
  settings: InstagramSettings,
  { id: media, permalink }: OwnMedia,
  signal: AbortSignal,
): AsyncGenerator<FoundPost[]> {
  const place: Place = { media, permalink, comment: true, elsewhere: false };
  const found = (item: unknown) => readFound(settings, item, place) ?? [];
  const query = {
    path: `${media}/comments`,
    params: { fields: THREAD_FIELDS, limit: COMMENTS },
  };
  for await (const items of pagesOf(client, thread, query, signal)) {
    yield items.flatMap((item) => [
      ...[item].flatMap(found),
      ...(item.replies?.data ?? []).flatMap(found),
    ]);
    for (const top of items.filter(({ replies }) => replies?.paging?.next !== undefined)) {
      const rest = {
        path: `${top.id}/replies`,
        params: { fields: REPLY_FIELDS, limit: COMMENTS },
      };
      for await (const replies of pagesOf(client, z.unknown(), rest, signal)) {
        yield replies.flatMap(found);
      }
    }
  }
}

/** Others' publications in which our account is tagged. */
export function tagsSource(client: MetaClient, settings: InstagramSettings): Source {
  const { id: account } = settings.account;
  return mentionSource(`tags:${account}`, settings, async function* (signal) {
    const query = { path: `${account}/tags`, params: { fields: MEDIA_FIELDS, limit: PAGE } };
    for await (const items of pagesOf(client, tagged, query, signal)) {
      yield items.flatMap(
        (item) =>
          readFound(settings, item, {
            media: item.id,
            permalink: undefined,
            comment: false,
            elsewhere: true,
          }) ?? [],
      );
    }
  });
}
