import { z } from 'zod';
import { log } from '../../log.ts';
import type { Source } from '../port.ts';
import type { VkSettings } from '../settings.ts';
import type { VkClient } from './client.ts';
import { readComments } from './comments.ts';
import { VkError } from './errors.ts';
import { people, readFound } from './found.ts';
import { ago, now } from './seconds.ts';

const PAGE = 100;
/** Comments are read when their number changed; one gone and one come look like no change, so: */
const READ_ALL_EVERY = 60 * 60;

const wall = people.extend({
  items: z.array(
    z.looseObject({
      id: z.number(),
      date: z.number(),
      is_pinned: z.number().optional(),
      comments: z.object({ count: z.number() }).default({ count: 0 }),
    }),
  ),
});

/** Instants are unix seconds. */
const cursor = z
  .object({
    /** Nothing published before this is taken in. */
    since: z.number(),
    readAt: z.number(),
    readAllAt: z.number(),
    /** Comments by post when last read. */
    counts: z.record(z.string(), z.number()),
  })
  .nullish();

/** The wall of one of the region's own communities: others' posts and all comments. */
export function pageSource(client: VkClient, settings: VkSettings, group: number): Source {
  const owner = -group;
  return {
    key: `page:${group}`,
    async *read(position, signal) {
      const before = cursor.parse(position);
      const startedAt = now();
      const since = before?.since ?? ago(settings.lookBack);
      const all = startedAt - (before?.readAllAt ?? 0) >= READ_ALL_EVERY;
      const horizon = Math.min(ago(settings.commentsFor), before?.readAt ?? startedAt);
      const counts: Record<string, number> = {};

      for await (const page of wallPages(client, owner, horizon, signal)) {
        yield { found: readFound(settings, page.items, page, since), position };
        for (const post of page.items.filter(({ date }) => date >= horizon)) {
          const { count } = post.comments;
          counts[post.id] = count;
          if (!all && before?.counts[post.id] === count) continue;
          for await (const found of commentsUnder(post.id, since, signal)) {
            yield { found, position };
          }
        }
      }
      const readAllAt = all ? startedAt : (before?.readAllAt ?? startedAt);
      yield { found: [], position: { since, readAt: startedAt, readAllAt, counts } };
    },
  };

  async function* commentsUnder(post: number, since: number, signal: AbortSignal) {
    try {
      for await (const page of readComments(client, owner, post, signal)) {
        yield readFound(settings, page.items, page, since);
      }
    } catch (error) {
      // Closed comments or a post deleted a moment ago must not stop the reading of the others.
      if (!(error instanceof VkError)) throw error;
      log.warn(
        { network: 'vk', post: `${owner}_${post}`, why: error.message },
        'comments not read',
      );
    }
  }
}

/** Posts from the newest to the first page that lies wholly before `horizon`. */
async function* wallPages(client: VkClient, owner: number, horizon: number, signal: AbortSignal) {
  for (let offset = 0; ; offset += PAGE) {
    const page = await client.read(
      wall,
      'wall.get',
      { owner_id: owner, count: PAGE, offset, extended: 1 },
      signal,
    );
    yield page;
    const fresh = page.items.some((post) => post.is_pinned !== 1 && post.date >= horizon);
    if (page.items.length < PAGE || !fresh) return;
  }
}
