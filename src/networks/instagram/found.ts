import { z } from 'zod';
import { log } from '../../log.ts';
import { graphTime } from '../meta/time.ts';
import type { FoundPost } from '../port.ts';
import { writeId, type InstagramObject } from './ids.ts';
import type { InstagramSettings } from './settings.ts';

export const MEDIA_FIELDS = 'id,caption,timestamp,username,permalink,media_url';
const OF_COMMENT = 'id,text,timestamp,username,from{id,username},parent_id';
/** `media` tells where a comment stands that was named alone. */
export const COMMENT_FIELDS = `${OF_COMMENT},media{id,permalink}`;
/** Comments of one level, each with the first answers to it. */
export const THREAD_FIELDS = `${OF_COMMENT},replies.limit(50){${OF_COMMENT}}`;
export const REPLY_FIELDS = OF_COMMENT;
/** Of a comment elsewhere less is told. */
export const MENTION_FIELDS = 'id,text,timestamp,username,media{id,permalink}';

/** A publication or a comment, as much of it as we use. */
const entry = z.object({
  id: z.string(),
  caption: z.string().optional(),
  text: z.string().optional(),
  timestamp: graphTime,
  username: z.string().optional(),
  from: z.object({ id: z.string(), username: z.string().optional() }).optional(),
  permalink: z.string().optional(),
  media_url: z.string().optional(),
  /** Of a comment that answers another: the one on top of the thread, which has one level. */
  parent_id: z.string().optional(),
  media: z.object({ id: z.string(), permalink: z.string().optional() }).optional(),
});

/** Fields that `lookUp` asks for. */
export const TEXT_FIELDS = { media: 'id,caption', comment: 'id,text' };

export const textOf = (answer: unknown): string | null => {
  const parsed = z
    .object({ id: z.string(), caption: z.string().optional(), text: z.string().optional() })
    .safeParse(answer);
  return parsed.success ? (parsed.data.text ?? parsed.data.caption ?? '') : null;
};

/** Where an object stands, as far as its own answer does not tell. */
export interface Place {
  media: string;
  /** Of the publication. */
  permalink: string | undefined;
  comment: boolean;
  elsewhere: boolean;
}

/**
 * Turns a publication or a comment into what we take in; null for our own, and with a warning for what
 * does not look like Instagram's.
 */
export function readFound(
  settings: InstagramSettings,
  item: unknown,
  place: Place,
): FoundPost | null {
  const parsed = entry.safeParse(item);
  if (!parsed.success) {
    log.warn(
      { network: 'instagram', why: z.prettifyError(parsed.error) },
      'an odd item was left out',
    );
    return null;
  }
  const { id, from, timestamp, caption, text, permalink } = parsed.data;
  const { media, media_url, parent_id } = parsed.data;
  const username = parsed.data.username ?? from?.username ?? null;
  const { account, permalinkBase } = settings;
  if (from?.id === account.id || username === account.username) return null;
  const { comment, elsewhere } = place;
  const object = { media: place.media, comment: comment ? id : null, elsewhere };
  const authorUrl = username === null ? null : `${permalinkBase}/${username}/`;
  return {
    network: 'instagram',
    externalId: writeId(object),
    kind: comment ? 'comment' : 'post',
    url:
      linkTo(permalink ?? media?.permalink ?? place.permalink, object) ??
      authorUrl ??
      `${permalinkBase}/${account.username}/`,
    authorName: username,
    authorUrl,
    text: text ?? caption ?? '',
    photos: media_url === undefined ? [] : [media_url],
    publishedAt: timestamp,
    inThreadOf: parent_id === undefined ? null : writeId({ ...object, comment: parent_id }),
  };
}

/**
 * The link to an object by the permanent link of its publication. The API gives none for a comment:
 * this is the site's own form; where it does not hold, it opens the publication.
 */
export function linkTo(
  permalink: string | undefined,
  { comment }: Pick<InstagramObject, 'comment'>,
): string | null {
  if (permalink === undefined) return null;
  return comment === null ? permalink : `${permalink.replace(/\/?$/, '/')}c/${comment}/`;
}
