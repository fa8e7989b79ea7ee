import { DateTime, Duration } from 'luxon';
import { z } from 'zod';
import type { Source } from '../port.ts';
import type { XCall, XClient } from './client.ts';
import { readFound, timeline, WHOLE } from './found.ts';
import type { XSettings } from './settings.ts';

/** Where the next window begins: ISO. */
const cursor = z.object({ from: z.iso.datetime() }).nullish();

/** What the search shows at most; a minute less, for the clocks. */
const REACH = Duration.fromObject({ days: 7, minutes: -1 });

/** Public posts and replies of the last seven days that `query` finds. */
export function searchSource(client: XClient, settings: XSettings, query: string): Source {
  return windows(client, settings, `search:${query}`, 'next_token', (from) => ({
    endpoint: 'GET /2/tweets/search/recent',
    query: { query, start_time: iso(DateTime.max(from, DateTime.utc().minus(REACH))) },
  }));
}

/** Posts that mention our account, replies to it among them. */
export function mentionSource(client: XClient, settings: XSettings): Source {
  const { id } = settings.account;
  return windows(client, settings, `mentions:${id}`, 'pagination_token', (from) => ({
    endpoint: 'GET /2/users/{id}/mentions',
    id,
    query: { start_time: iso(from) },
  }));
}

/**
 * Reads from an instant on, newest first. Windows are counted by X's own dates and overlap, so neither
 * a wrong clock here nor a late index there loses anything.
 */
function windows(
  client: XClient,
  settings: XSettings,
  key: string,
  pageParameter: string,
  callFrom: (from: DateTime<true>) => XCall,
): Source {
  return {
    key,
    async *read(position, signal) {
      const begun = cursor.parse(position)?.from;
      const from = begun
        ? (DateTime.fromISO(begun, { zone: 'utc' }) as DateTime<true>)
        : DateTime.utc().minus(Duration.fromISO(settings.lookBack));
      const call = callFrom(from);
      let next = from;
      let page: string | undefined;
      do {
        const query = { ...WHOLE, max_results: 100, ...call.query, [pageParameter]: page };
        const answer = await client.read(timeline, { ...call, query }, signal);
        const found = readFound(settings, answer);
        for (const { publishedAt } of found) {
          const start = DateTime.fromJSDate(publishedAt, { zone: 'utc' }) as DateTime<true>;
          next = DateTime.max(next, start.minus(Duration.fromISO(settings.overlap)));
        }
        yield { found, position: { from: iso(next) } };
        page = answer.meta.next_token;
      } while (page !== undefined);
    },
  };
}

/** X takes whole seconds. */
function iso(instant: DateTime<true>): string {
  return instant.startOf('second').toISO({ suppressMilliseconds: true });
}
