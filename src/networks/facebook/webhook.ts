import { z } from 'zod';
import { metaWebhook } from '../meta/webhook.ts';
import type { Secrets } from '../secrets.ts';
import type { Webhook } from '../webhook.ts';
import { isId, writeId } from './ids.ts';
import type { FacebookSettings } from './settings.ts';

const FIELDS = ['feed', 'mention'];
/** Likes and the like are no messages. */
const ITEMS = ['comment', 'post', 'status', 'photo', 'video', 'share', 'link'];

const value = z.object({
  item: z.string(),
  post_id: z.string(),
  comment_id: z.string().optional(),
  from: z.object({ id: z.string() }).optional(),
});

/** Notices of the fields `feed` and `mention`, whatever happened to the object (`verb`). */
export function facebookWebhook(settings: FacebookSettings, secrets: Secrets): Webhook | null {
  const keys = { appSecret: secrets.metaAppSecret, verifyToken: secrets.metaVerifyToken };
  return metaWebhook(keys, {
    object: 'page',
    id: settings.page,
    touched({ field, value: given }) {
      const parsed = value.safeParse(given);
      if (!FIELDS.includes(field) || !parsed.success) return [];
      const { item, post_id, comment_id, from } = parsed.data;
      if (!ITEMS.includes(item) || from?.id === settings.page) return [];
      const comment = item === 'comment' ? (comment_id ?? null) : null;
      if (item === 'comment' && comment === null) return [];
      const id = writeId({ post: post_id, comment });
      return isId(id) ? [id] : [];
    },
  });
}
