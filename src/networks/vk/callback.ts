import { z } from 'zod';
import type { Secrets } from '../secrets.ts';
import type { VkSettings } from '../settings.ts';
import { WebhookForbidden, WebhookMalformed, sameSecret, type Webhook } from '../webhook.ts';
import { writeId } from './ids.ts';

const event = z.object({
  type: z.string(),
  group_id: z.number(),
  event_id: z.string().optional(),
  secret: z.string().optional(),
  object: z.unknown().optional(),
});

const entry = z.object({ owner_id: z.int(), id: z.int().positive(), from_id: z.int().optional() });
const reply = entry.extend({ post_id: z.int().positive() });

const POSTS = ['wall_post_new'];
const REPLIES = ['wall_reply_new', 'wall_reply_edit', 'wall_reply_delete', 'wall_reply_restore'];

/**
 * VK's Callback API. The confirmation request is answered with our string, everything else with `ok`,
 * without which VK sends the event again. Null when no secret is set.
 */
export function vkCallback(settings: VkSettings, secrets: Secrets): Webhook | null {
  const { vkCallbackSecret, vkCallbackConfirmation } = secrets;
  if (vkCallbackSecret === null) return null;
  return {
    confirm: () => null,
    read(body) {
      const parsed = event.safeParse(parse(body));
      if (!parsed.success) throw new WebhookMalformed(z.prettifyError(parsed.error));
      const { type, group_id, event_id = null, secret, object } = parsed.data;
      const ours = settings.ownPages.includes(group_id);
      if (type === 'confirmation' && ours && vkCallbackConfirmation !== null) {
        return { answer: vkCallbackConfirmation, eventId: null, objects: [] };
      }
      if (!sameSecret(secret, vkCallbackSecret)) throw new WebhookForbidden('a wrong secret');
      const objects = ours ? named(type, object, settings) : [];
      return { answer: 'ok', eventId: event_id, objects };
    },
  };
}

function named(type: string, object: unknown, { ownPages }: VkSettings): string[] {
  const parsed = (REPLIES.includes(type) ? reply : entry).safeParse(object);
  if (!parsed.success || !(REPLIES.includes(type) || POSTS.includes(type))) return [];
  const { owner_id: owner, id, from_id } = parsed.data;
  if (from_id !== undefined && ownPages.includes(-from_id)) return [];
  if (!('post_id' in parsed.data)) return [writeId({ owner, post: id, comment: null })];
  return [writeId({ owner, post: Number(parsed.data.post_id), comment: id })];
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    throw new WebhookMalformed('not JSON');
  }
}
