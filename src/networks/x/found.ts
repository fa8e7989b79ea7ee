import { z } from 'zod';
import { log } from '../../log.ts';
import type { FoundPost } from '../port.ts';
import type { XSettings } from './settings.ts';
import { answeredId, FIELDS, originalId, permalink, textOf, tweet } from './tweet.ts';

/** A page of posts with who wrote them and their pictures. */
export const timeline = z.object({
  data: z.array(z.looseObject({})).default([]),
  includes: z
    .object({
      users: z
        .array(z.object({ id: z.string(), name: z.string(), username: z.string() }))
        .default([]),
      media: z
        .array(
          z.object({
            media_key: z.string(),
            url: z.string().optional(),
            preview_image_url: z.string().optional(),
          }),
        )
        .default([]),
    })
    .prefault({}),
  meta: z.object({ next_token: z.string().optional() }).prefault({}),
});

/** What to ask for so that `readFound` has all it shows. */
export const WHOLE = {
  'tweet.fields': FIELDS,
  expansions: 'author_id,attachments.media_keys',
  'user.fields': 'name,username',
  'media.fields': 'url,preview_image_url',
};

/**
 * Turns a page into posts. Left out: our own, reposts, and with a warning those that do not look like
 * X's, lest one odd item stop the reading of all.
 */
export function readFound(
  settings: XSettings,
  { data, includes }: z.infer<typeof timeline>,
): FoundPost[] {
  const users = new Map(includes.users.map((user) => [user.id, user]));
  const media = new Map(includes.media.map((each) => [each.media_key, each]));
  return data.flatMap((item) => {
    const parsed = tweet.required({ author_id: true, created_at: true }).safeParse(item);
    if (!parsed.success) {
      log.warn({ network: 'x', why: z.prettifyError(parsed.error) }, 'an odd item was left out');
      return [];
    }
    const post = parsed.data;
    if (post.author_id === settings.account.id) return [];
    if (post.referenced_tweets.some(({ type }) => type === 'retweeted')) return [];
    const author = users.get(post.author_id);
    const keys = post.attachments?.media_keys ?? [];
    return [
      {
        network: 'x',
        externalId: originalId(post),
        kind: answeredId(post) === null ? 'post' : 'comment',
        url: permalink(settings, originalId(post), author?.username),
        authorName: author?.name ?? null,
        authorUrl: author ? `${settings.permalinkBase}/${author.username}` : null,
        text: textOf(post),
        photos: keys.flatMap(
          (key) => media.get(key)?.url ?? media.get(key)?.preview_image_url ?? [],
        ),
        publishedAt: new Date(post.created_at),
        inReplyTo: answeredId(post),
        // An answer of ours may be a thread, whose later posts we keep no numbers of.
        inThreadOf:
          post.in_reply_to_user_id === settings.account.id ? (post.conversation_id ?? null) : null,
      },
    ];
  });
}
