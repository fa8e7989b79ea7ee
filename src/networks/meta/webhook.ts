import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { Webhook } from '../webhook.ts';
import { WebhookForbidden, WebhookMalformed, sameSecret } from '../webhook.ts';

const notice = z.object({
  object: z.string(),
  entry: z
    .array(
      z.object({
        id: z.string(),
        changes: z
          .array(z.object({ field: z.string(), value: z.unknown().optional() }))
          .default([]),
      }),
    )
    .max(1_000),
});

/** What changed, as far as a network's `touched` needs it. */
export interface Change {
  field: string;
  value?: unknown;
}

/**
 * Webhooks of Meta: the address is checked with a GET that carries our verify token, notices are
 * signed with the application's secret over the body as it came. Null when no secret is set.
 */
export function metaWebhook(
  keys: { appSecret: string | null; verifyToken: string | null },
  of: { object: 'page' | 'instagram'; id: string; touched: (change: Change) => string[] },
): Webhook | null {
  const { appSecret, verifyToken } = keys;
  if (appSecret === null) return null;
  return {
    confirm(query) {
      const challenge = query['hub.challenge'];
      if (query['hub.mode'] !== 'subscribe' || typeof challenge !== 'string') return null;
      return verifyToken !== null && sameSecret(query['hub.verify_token'], verifyToken)
        ? challenge
        : null;
    },
    read(body, header) {
      const signature = createHmac('sha256', appSecret).update(body).digest('hex');
      if (!sameSecret(header('x-hub-signature-256'), `sha256=${signature}`)) {
        throw new WebhookForbidden('the signature does not fit');
      }
      const parsed = notice.safeParse(parse(body));
      if (!parsed.success) throw new WebhookMalformed(z.prettifyError(parsed.error));
      const { object, entry } = parsed.data;
      const ours = object === of.object ? entry.filter(({ id }) => id === of.id) : [];
      const objects = ours.flatMap(({ changes }) => changes).flatMap(of.touched);
      return { answer: 'EVENT_RECEIVED', eventId: null, objects: [...new Set(objects)] };
    },
  };
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    throw new WebhookMalformed('not JSON');
  }
}
