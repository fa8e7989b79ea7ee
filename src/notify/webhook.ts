import { createHmac } from 'node:crypto';
import type { Channel } from './outbox.ts';

const PATIENCE_MS = 15_000;

/**
 * Calls an agency's address with `{key, subject, text, …}`; `key` tells a repeated call apart. With a
 * secret the header `X-Otklik-Signature: sha256=…` carries the HMAC of the body.
 */
export function webhookChannel(secret: string | null, patienceMs = PATIENCE_MS): Channel {
  return async ({ key, address, subject, body, payload }) => {
    const content = JSON.stringify({ ...(payload as object | null), key, subject, text: body });
    const response = await fetch(address, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(secret === null
          ? {}
          : {
              'x-otklik-signature': `sha256=${createHmac('sha256', secret).update(content).digest('hex')}`,
            }),
      },
      body: content,
      redirect: 'error',
      signal: AbortSignal.timeout(patienceMs),
    });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`the webhook answered ${response.status}`);
  };
}
