import { z } from 'zod';
import type { NowThere } from '../port.ts';
import type { XClient } from './client.ts';
import { FIELDS, textOf, tweet, type Tweet } from './tweet.ts';

const AT_ONCE = 100;
const NOT_FOUND = /\/resource-not-found$/;

/** What is missing comes among the errors of a success. */
const found = z.object({
  data: z.array(tweet).default([]),
  errors: z
    .array(z.object({ resource_id: z.string().optional(), type: z.string().default('') }))
    .default([]),
});

/** A post as it is now; `versions` are its ids, the last one is the one to answer. */
export type Present = { deleted: true } | { deleted: false; text: string; versions: string[] };

/**
 * What became of these posts; one that may not be looked at is left out. The texts are those of the
 * last versions: an edit makes a new post, and its older versions still show the old text.
 */
export async function lookUp(
  client: XClient,
  externalIds: readonly string[],
  signal?: AbortSignal,
): Promise<Map<string, Present>> {
  const { posts, missing } = await fetchAll(client, externalIds, signal);
  const newest = externalIds.flatMap((id) => latest(posts.get(id)) ?? []);
  const edited = newest.filter((id) => !posts.has(id));
  const later = await fetchAll(client, edited, signal);
  const present = new Map<string, Present>();
  for (const id of externalIds) {
    if (missing.has(id)) present.set(id, { deleted: true });
    const last = latest(posts.get(id));
    if (last === undefined) continue;
    const post = posts.get(last) ?? later.posts.get(last);
    // Deleting one version deletes all.
    if (later.missing.has(last)) present.set(id, { deleted: true });
    else if (post) {
      present.set(id, { deleted: false, text: textOf(post), versions: versionsOf(post) });
    }
  }
  return present;
}

export function asNowThere(present: Present): NowThere {
  return present.deleted ? present : { deleted: false, text: present.text };
}

async function fetchAll(client: XClient, ids: readonly string[], signal?: AbortSignal) {
  const posts = new Map<string, Tweet>();
  const missing = new Set<string>();
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const query = { ids: ids.slice(at, at + AT_ONCE).join(), 'tweet.fields': FIELDS };
    const { data, errors } = await client.read(found, { endpoint: 'GET /2/tweets', query }, signal);
    for (const post of data) {
      posts.set(post.id, post);
      // Asked for an old version, X may show the last one instead.
      if (post.id !== latest(post)) continue;
      for (const id of post.edit_history_tweet_ids) if (!posts.has(id)) posts.set(id, post);
    }
    for (const { resource_id, type } of errors) {
      if (resource_id !== undefined && NOT_FOUND.test(type)) missing.add(resource_id);
    }
  }
  return { posts, missing };
}

function versionsOf({ id, edit_history_tweet_ids }: Tweet): string[] {
  return edit_history_tweet_ids.length > 0 ? edit_history_tweet_ids : [id];
}

function latest(post: Tweet | undefined): string | undefined {
  return post && versionsOf(post).at(-1);
}
