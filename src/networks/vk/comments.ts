import { z } from 'zod';
import type { VkClient } from './client.ts';
import { people } from './found.ts';

const PAGE = 100;
/** The most answers of a thread that come along with its top comment. */
const ALONG = 10;

const thread = z.object({ count: z.number(), items: z.array(z.looseObject({})).default([]) });
const comment = z.looseObject({ id: z.number(), thread: thread.optional() });
const comments = people.extend({ items: z.array(comment) });

type Comments = z.infer<typeof comments>;

/** All comments under a post with all their threads, each naming its wall and post. */
export async function* readComments(
  client: VkClient,
  owner: number,
  post: number,
  signal?: AbortSignal,
): AsyncGenerator<Comments> {
  for await (const page of commentPages(client, owner, post, undefined, signal)) {
    const along = page.items.flatMap((top) => top.thread?.items ?? []) as Comments['items'];
    yield { ...page, items: [...page.items, ...along].map(located) };
    for (const top of page.items.filter((each) => (each.thread?.count ?? 0) > ALONG)) {
      for await (const rest of commentPages(client, owner, post, top.id, signal)) {
        yield { ...rest, items: rest.items.map(located) };
      }
    }
  }

  function located(item: Comments['items'][number]) {
    return { owner_id: owner, post_id: post, ...item };
  }
}

/** Comments of one level: directly under the post, or in the thread of comment `threadOf`. */
export async function* commentPages(
  client: VkClient,
  owner: number,
  post: number,
  threadOf: number | undefined,
  signal?: AbortSignal,
  sort: 'asc' | 'desc' = 'asc',
): AsyncGenerator<Comments> {
  for (let offset = 0; ; offset += PAGE) {
    const page = await client.read(
      comments,
      'wall.getComments',
      {
        owner_id: owner,
        post_id: post,
        comment_id: threadOf,
        thread_items_count: threadOf === undefined ? ALONG : undefined,
        count: PAGE,
        offset,
        sort,
        extended: 1,
      },
      signal,
    );
    yield page;
    if (page.items.length < PAGE) return;
  }
}
