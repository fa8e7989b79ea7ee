import { z } from 'zod';
import type { Query } from '../meta/client.ts';
import { readId } from './ids.ts';
import type { InstagramSettings } from './settings.ts';

/**
 * How an object is read: our own by itself, what is elsewhere only through our account. The answer
 * of the latter lies under the edge's name.
 */
export function queryOf(
  settings: InstagramSettings,
  externalId: string,
  fields: { media: string; comment: string },
): Query {
  const { media, comment, elsewhere } = readId(externalId);
  const wanted = comment === null ? fields.media : fields.comment;
  if (!elsewhere) return { path: comment ?? media, params: { fields: wanted } };
  const edge =
    comment === null
      ? `mentioned_media.media_id(${media})`
      : `mentioned_comment.comment_id(${comment})`;
  return { path: settings.account.id, params: { fields: `${edge}{${wanted}}` } };
}

const wrapped = z.object({
  mentioned_media: z.unknown().optional(),
  mentioned_comment: z.unknown().optional(),
});

/** The object in the answer to `queryOf`. */
export function objectIn(answer: unknown): unknown {
  const parsed = wrapped.safeParse(answer);
  return parsed.data?.mentioned_media ?? parsed.data?.mentioned_comment ?? answer;
}
