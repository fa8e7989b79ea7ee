import { z } from 'zod';
import type { XSettings } from './settings.ts';

const entities = z.object({
  urls: z
    .array(
      z.object({
        url: z.string(),
        expanded_url: z.string().optional(),
        media_key: z.string().optional(),
      }),
    )
    .default([]),
});

/** A post, as much of it as we use. */
export const tweet = z.looseObject({
  id: z.string(),
  text: z.string(),
  author_id: z.string().optional(),
  created_at: z.string().optional(),
  entities: entities.optional(),
  /** The whole of a text longer than the usual limit, which paying authors may write. */
  note_tweet: z.object({ text: z.string(), entities: entities.optional() }).optional(),
  /** All versions, oldest first: every edit makes a new id. */
  edit_history_tweet_ids: z.array(z.string()).default([]),
  referenced_tweets: z.array(z.object({ type: z.string(), id: z.string() })).default([]),
  /** The first version of the first post of the conversation. */
  conversation_id: z.string().optional(),
  /** Whose post is answered. */
  in_reply_to_user_id: z.string().optional(),
  attachments: z.object({ media_keys: z.array(z.string()).default([]) }).optional(),
});

export type Tweet = z.infer<typeof tweet>;

/** The fields to ask for, as `tweet` reads them. */
export const FIELDS = [
  'author_id',
  'created_at',
  'entities',
  'note_tweet',
  'edit_history_tweet_ids',
  'referenced_tweets',
  'conversation_id',
  'in_reply_to_user_id',
  'attachments',
].join();

/** One id for all versions of a post: that of the first. */
export function originalId({ id, edit_history_tweet_ids }: Tweet): string {
  return edit_history_tweet_ids[0] ?? id;
}

/** The post that this one answers; null: it answers none. */
export function answeredId({ referenced_tweets }: Tweet): string | null {
  return referenced_tweets.find(({ type }) => type === 'replied_to')?.id ?? null;
}

const escapes: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

/**
 * The text as its author wrote it: X escapes three characters, shortens every link to `t.co` and adds
 * one for the attached pictures.
 */
export function textOf(post: Tweet): string {
  const { text, entities: found } = post.note_tweet ?? post;
  const urls = [...(found?.urls ?? []), ...(post.entities?.urls ?? [])];
  return urls
    .reduce(
      (shown, { url, expanded_url, media_key }) =>
        shown.replaceAll(url, media_key === undefined ? (expanded_url ?? url) : ''),
      text,
    )
    .replace(/&(?:amp|lt|gt);/g, (escape) => escapes[escape] ?? escape)
    .trim();
}

/** `name` is the author's; without it X finds the post by its id. */
export function permalink(
  { permalinkBase }: Pick<XSettings, 'permalinkBase'>,
  id: string,
  name = 'i',
): string {
  return `${permalinkBase}/${name}/status/${id}`;
}
