import type { Response } from 'express';
import type { Database } from '../db/data-source.ts';
import { log } from '../log.ts';
import type { NetworkSetup } from '../networks/setup.ts';
import { toAddress, type Filters } from './filters.ts';
import type { Scope } from './scope.ts';
import { liveView } from './view.ts';

const EVERY_MS = 3_000;
const HEARTBEAT_MS = 20_000;
/** Then the page connects again and is asked again who it belongs to. */
const LIFE_MS = 5 * 60_000;

interface Channel {
  scope: Scope;
  filters: Partial<Filters>;
  zone: string;
  listeners: Set<Response>;
  /** What was sent last. */
  last: string;
}

/** Server-sent events: how things stand now, to every page that is open. */
export interface LiveFeed {
  /** Keeps the response open until its page closes or the feed stops. */
  listen: (response: Response, scope: Scope, filters: Partial<Filters>, zone: string) => void;
  /** Looks at once instead of with the next beat. */
  look: () => Promise<void>;
  /** Ends every response; listeners that come later are ended at once. */
  stop: () => Promise<void>;
}

/**
 * Asks the database every few seconds, once for all pages with the same agencies and filters, and pushes
 * when something changed. Nobody listens: nothing is asked.
 */
export function createLiveFeed(
  db: Database,
  networkSetup: NetworkSetup,
  everyMs = EVERY_MS,
): LiveFeed {
  const channels = new Map<string, Channel>();
  let stopped = false;
  let looking: Promise<void> | null = null;

  const look = () => (looking ??= lookAll().finally(() => (looking = null)));
  async function lookAll(): Promise<void> {
    for (const channel of channels.values()) await update(channel);
  }
  async function update(channel: Channel): Promise<void> {
    const { scope, filters, zone } = channel;
    const view = await liveView(db.manager, scope, filters, zone, networkSetup);
    const event = `event: live\ndata: ${JSON.stringify(view)}\n\n`;
    if (event === channel.last) return;
    channel.last = event;
    for (const response of channel.listeners) response.write(event);
  }
  const beat = () => {
    look().catch((error: unknown) => log.warn({ err: error }, 'no live figures'));
  };
  const keepAlive = () => {
    for (const { listeners } of channels.values()) {
      for (const response of listeners) response.write(': здесь\n\n');
    }
  };
  let timers: NodeJS.Timeout[] = [];
  const rest = () => {
    timers.forEach(clearInterval);
    timers = [];
  };

  return {
    listen(response, scope, filters, zone) {
      response.set({
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'private, no-store',
        'x-accel-buffering': 'no',
      });
      response.flushHeaders();
      if (stopped) {
        response.end();
        return;
      }
      const key = `${scope.key}?${toAddress(filters)}`;
      const channel = channels.get(key) ?? { scope, filters, zone, listeners: new Set(), last: '' };
      channels.set(key, channel);
      channel.listeners.add(response);
      if (timers.length === 0) {
        timers = [setInterval(beat, everyMs), setInterval(keepAlive, HEARTBEAT_MS)];
      }
      response.write(channel.last || 'retry: 3000\n\n');
      const life = setTimeout(() => response.end(), LIFE_MS);
      response.on('close', () => {
        clearTimeout(life);
        channel.listeners.delete(response);
        if (channel.listeners.size === 0) channels.delete(key);
        if (channels.size === 0) rest();
      });
    },
    look,
    async stop() {
      stopped = true;
      rest();
      await looking?.catch(() => undefined);
      for (const { listeners } of channels.values()) {
        for (const response of listeners) response.end();
      }
    },
  };
}
