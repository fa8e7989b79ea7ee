import { z } from 'zod';
import { metaWebhook } from '../meta/webhook.ts';
import type { Secrets } from '../secrets.ts';
import type { Webhook } from '../webhook.ts';
import { writeId } from './ids.ts';
import type { InstagramSettings } from './settings.ts';

const id = z.string().regex(/^\d+$/);
const commented = z.object({
  id,
  media: z.object({ id }),
  from: z.object({ id: z.string() }).optional(),
});
const mentioned = z.object({ media_id: id, comment_id: id.optional() });

/** Notices of the fields `comments` (under our publications) and `mentions` (elsewhere). */
export function instagramWebhook(settings: InstagramSettings, secrets: Secrets): Webhook | null {
  const keys = { appSecret: secrets.metaAppSecret, verifyToken: secrets.metaVerifyToken };
  return metaWebhook(keys, {
    object: 'instagram',
    id: settings.account.id,
    touched({ field, value }) {
      if (field === 'comments') {
        const { data } = commented.safeParse(value);
        if (!data || data.from?.id === settings.account.id) return [];
        return [writeId({ media: data.media.id, comment: data.id, elsewhere: false })];
      }
      const { data } = mentioned.safeParse(value);
      if (field !== 'mentions' || !data) return [];
      const comment = data.comment_id ?? null;
      return [writeId({ media: data.media_id, comment, elsewhere: true })];
    },
  });
}
