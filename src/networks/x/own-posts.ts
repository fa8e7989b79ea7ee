import twitterText from 'twitter-text';
import { z } from 'zod';
import { publishedText } from '../format.ts';
import type { XClient } from './client.ts';
import type { XSettings } from './settings.ts';
import { answeredId, FIELDS, textOf, tweet, type Tweet } from './tweet.ts';

const page = z.object({
  data: z.array(tweet).default([]),
  meta: z.object({ next_token: z.string().optional() }).prefault({}),
});

/**
 * Our account's posts, newest first: all after the post `since`, or without it the last hundred. X's
 * search would show them later, and only those of a week.
 */
export async function ownPosts(
  client: XClient,
  settings: XSettings,
  since: string | null,
  signal?: AbortSignal,
): Promise<Tweet[]> {
  const posts: Tweet[] = [];
  let next: string | undefined;
  do {
    const answer = await client.read(
      page,
      {
        endpoint: 'GET /2/users/{id}/tweets',
        id: settings.account.id,
        query: {
          max_results: 100,
          'tweet.fields': FIELDS,
          since_id: since ?? undefined,
          pagination_token: next,
        },
      },
      signal,
    );
    posts.push(...answer.data);
    next = since === null ? undefined : answer.meta.next_token;
  } while (next !== undefined);
  return posts;
}

/**
 * The posts among `posts` that answer one of `targets` with the first of `pieces`, that answer with the
 * second, and so on: as far as they are there.
 */
export function answersAmong(
  posts: readonly Tweet[],
  targets: readonly string[],
  pieces: readonly string[],
): Tweet[] {
  const found: Tweet[] = [];
  let under = targets;
  for (const piece of pieces) {
    const post = posts.find(
      (each) => under.includes(answeredId(each) ?? '') && sameText(textOf(each), piece),
    );
    if (!post) break;
    found.push(post);
    under = [post.id];
  }
  return found;
}

export function sameText(a: string, b: string): boolean {
  return plain(a) === plain(b);
}

/**
 * The text without what X changes on its way: the names of those answered, put before it, the way
 * links are written, and runs of spaces.
 */
function plain(text: string): string {
  const links = twitterText.extractUrlsWithIndices(text).reverse();
  return links
    .reduce(
      (shown, { indices: [from, to] }) => `${shown.slice(0, from)}↗${shown.slice(to)}`,
      publishedText(text),
    )
    .replace(/^(?:@\w+\s+)+/, '')
    .replace(/\s+/g, ' ');
}
