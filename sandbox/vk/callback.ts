import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CallbackOptions, VkOptions } from './options.ts';
import type { SocialStore, WallEvent } from '../social/store.ts';
import type { View } from './view.ts';

export interface CallbackSender {
  /** What is going on, for the page: in Russian. */
  status(): string;
  close(): Promise<void>;
}

const RETRY_MS = [1000, 5000, 15_000, 60_000, 300_000];

/**
 * VK's Callback API: sends events of group walls one after another, first asking the receiver for
 * the confirmation string. An event not answered `ok` is sent again with the same `event_id`.
 * VK has no event for an edited or deleted post, so neither has this.
 */
export function startCallback(deps: {
  store: SocialStore;
  view: View;
  options: VkOptions;
  callback: CallbackOptions;
}): CallbackSender {
  const { store, view, options, callback } = deps;
  const groups = callback.groups ?? [options.official.id, options.city.id];
  const stop = new AbortController();
  const confirmed = new Set<number>();
  let queue = Promise.resolve();
  let status = 'событий ещё не было';

  async function send(groupId: number, body: Record<string, unknown>): Promise<string> {
    const response = await fetch(callback.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        group_id: groupId,
        v: '5.199',
        ...(callback.secret !== undefined && { secret: callback.secret }),
        ...body,
      }),
      signal: AbortSignal.any([stop.signal, AbortSignal.timeout(10_000)]),
    });
    const text = (await response.text()).trim();
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return text;
  }

  async function deliver(groupId: number, event: Record<string, unknown>): Promise<void> {
    if (!confirmed.has(groupId)) {
      const code = await send(groupId, { type: 'confirmation', event_id: newId() });
      if (code !== callback.confirmation) throw new Error('строка подтверждения не совпала');
      confirmed.add(groupId);
    }
    const reply = await send(groupId, event);
    if (reply !== 'ok') throw new Error(`вместо ok получено «${reply.slice(0, 40)}»`);
  }

  async function persist(groupId: number, event: Record<string, unknown>): Promise<void> {
    for (const wait of [0, ...(callback.retryMs ?? RETRY_MS)]) {
      try {
        await sleep(wait, undefined, { signal: stop.signal });
        await deliver(groupId, event);
        status = `доставлено: ${String(event['type'])}`;
        return;
      } catch (error) {
        if (stop.signal.aborted) return;
        status = `не доставлено (${error instanceof Error ? error.message : 'сбой'})`;
      }
    }
  }

  store.listen((event) => {
    const groupId = -ownerOf(event);
    if (!groups.includes(groupId)) return;
    // The object is built now: what VK sends is the state at the event.
    const message = { type: event.type, event_id: newId(), object: objectOf(event, view, options) };
    queue = queue.then(() => persist(groupId, message));
  });

  return {
    status: () => status,
    async close() {
      stop.abort();
      await queue;
    },
  };
}

function newId(): string {
  return randomBytes(20).toString('hex');
}

function ownerOf(event: WallEvent): number {
  return 'post' in event ? event.post.owner_id : event.comment.owner_id;
}

function objectOf(event: WallEvent, view: View, options: VkOptions): Record<string, unknown> {
  if ('post' in event) return view.post(event.post);
  const { comment } = event;
  const { id, owner_id, post_id, from_id } = comment;
  if (event.type === 'wall_reply_delete') {
    return { owner_id, id, post_id, deleter_id: from_id > 0 ? from_id : options.admin.id };
  }
  return { ...view.comment(comment, null), post_owner_id: owner_id };
}
