import { z } from 'zod';
import { log } from '../../log.ts';
import { graphTime } from '../meta/time.ts';
import type { FoundPost } from '../port.ts';
import { writeId } from './ids.ts';
import type { FacebookSettings } from './settings.ts';

const author = { from: z.object({ id: z.string(), name: z.string().optional() }).optional() };

export const POST_FIELDS = 'id,message,created_time,from{id,name},permalink_url,full_picture';
export const COMMENT_FIELDS =
  'id,message,created_time,from{id,name},permalink_url,attachment{media},parent{id}';

/** A post or a comment, as much of it as we use. */
const entry = z.object({
  ...author,
  id: z.string(),
  message: z.string().default(''),
  created_time: graphTime,
  permalink_url: z.string().optional(),
  full_picture: z.string().optional(),
  /** Of a comment that answers another: the one on top of the thread, which has one level. */
  parent: z.object({ id: z.string() }).optional().catch(undefined),
  attachment: z
    .object({ media: z.object({ image: z.object({ src: z.string() }) }).optional() })
    .optional()
    .catch(undefined),
});

/** Fields that `lookUp` asks for, of posts and comments alike. */
export const textOf = (answer: unknown): string | null => {
  const parsed = z.object({ message: z.string().default('') }).safeParse(answer);
  return parsed.success ? parsed.data.message : null;
};

/**
 * Turns a post (`post` null) or a comment under `post` into what we take in; null for our own, and with
 * a warning for what does not look like Facebook's. Who wrote it is not told to every token.
 */
export function readFound(
  settings: FacebookSettings,
  item: unknown,
  post: string | null = null,
): FoundPost | null {
  const parsed = entry.safeParse(item);
  if (!parsed.success) {
    log.warn(
      { network: 'facebook', why: z.prettifyError(parsed.error) },
      'an odd item was left out',
    );
    return null;
  }
  const { id, from, message, created_time, permalink_url } = parsed.data;
  const { full_picture, attachment, parent } = parsed.data;
  if (from?.id === settings.page) return null;
  const picture = full_picture ?? attachment?.media?.image.src;
  return {
    network: 'facebook',
    externalId: writeId(post === null ? { post: id, comment: null } : { post, comment: id }),
    kind: post === null ? 'post' : 'comment',
    url: permalink_url ?? `${settings.permalinkBase}/${id}`,
    authorName: from?.name ?? null,
    authorUrl: from ? `${settings.permalinkBase}/${from.id}` : null,
    text: message,
    photos: picture === undefined ? [] : [picture],
    publishedAt: created_time,
    inThreadOf: post !== null && parent ? writeId({ post, comment: parent.id }) : null,
  };
}
