import { createHmac, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MetaOptions } from './options.ts';
import type { MetaStore } from './store.ts';
import type { Happening } from './types.ts';

export interface WebhookSender {
  /** What is going on, for the page: in Russian. */
  status(): string;
  close(): Promise<void>;
}

export interface Notice {
  field: string;
  value: Record<string, unknown>;
}

const RETRY_MS = [1000, 5000, 15_000, 60_000, 300_000];

/**
 * Webhooks of Meta: checks the address once, then sends signed notices one after another; one that is
 * not answered with 200 is sent again. `noticeOf` gives null for what the network tells nobody.
 */
export function startWebhooks(deps: {
  object: 'page' | 'instagram';
  store: MetaStore;
  options: MetaOptions;
  noticeOf: (happening: Happening) => Notice | null;
  now: () => Date;
}): WebhookSender | null {
  const { object, store, options, noticeOf, now } = deps;
  const { callback, official, appSecret } = options;
  if (callback === null) return null;
  const { url, verifyToken, retryMs = RETRY_MS } = callback;
  const stop = new AbortController();
  const signal = () => AbortSignal.any([stop.signal, AbortSignal.timeout(10_000)]);
  let confirmed = false;
  let queue = Promise.resolve();
  let status = 'уведомлений ещё не было';

  async function confirm(): Promise<void> {
    if (confirmed) return;
    const challenge = String(randomBytes(4).readUInt32BE());
    const address = new URL(url);
    address.searchParams.set('hub.mode', 'subscribe');
    address.searchParams.set('hub.challenge', challenge);
    address.searchParams.set('hub.verify_token', verifyToken);
    const answer = await fetch(address, { signal: signal() });
    if (!answer.ok || (await answer.text()) !== challenge) throw new Error('адрес не подтверждён');
    confirmed = true;
  }

  async function send(body: string): Promise<void> {
    await confirm();
    const digest = createHmac('sha256', appSecret).update(body).digest('hex');
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${digest}` },
      body,
      signal: signal(),
    });
    await answer.text();
    if (answer.status !== 200) throw new Error(`HTTP ${answer.status}`);
  }

  async function persist(notice: Notice, body: string): Promise<void> {
    for (const wait of [0, ...retryMs]) {
      try {
        await sleep(wait, undefined, { signal: stop.signal });
        await send(body);
        status = `доставлено: ${notice.field}`;
        return;
      } catch (error) {
        if (stop.signal.aborted) return;
        status = `не доставлено (${error instanceof Error ? error.message : 'сбой'})`;
      }
    }
  }

  store.listen((happening) => {
    const notice = noticeOf(happening);
    if (!notice) return;
    const entry = [
      { id: official.id, time: Math.floor(now().getTime() / 1000), changes: [notice] },
    ];
    const body = JSON.stringify({ object, entry });
    queue = queue.then(() => persist(notice, body));
  });

  return {
    status: () => status,
    async close() {
      stop.abort();
      await queue;
    },
  };
}
