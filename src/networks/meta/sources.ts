import { z } from 'zod';
import { log } from '../../log.ts';
import { NetworkError } from '../network-error.ts';
import type { FoundPost, NetworkCode, Source } from '../port.ts';
import type { MetaSettings } from './settings.ts';
import { ms } from './time.ts';

/** Comments are read when their number changed; one gone and one come look like no change, so: */
const READ_ALL_EVERY_MS = 60 * 60_000;

/** A post under which people comment. */
export interface Watched {
  id: string;
  publishedAt: Date;
  comments: number;
  /** Null: one of our own, or odd. */
  found: FoundPost | null;
}

/** Instants are unix milliseconds. */
const watchCursor = z
  .object({
    /** Nothing published before this is taken in. */
    since: z.number(),
    readAt: z.number(),
    readAllAt: z.number(),
    /** Comments by post when last read. */
    counts: z.record(z.string(), z.number()),
  })
  .nullish();

/** Posts, newest first, and the comments under those that are not too old. */
export function watchSource(
  network: NetworkCode,
  key: string,
  settings: MetaSettings,
  read: {
    posts(signal: AbortSignal): AsyncIterable<Watched[]>;
    comments(post: Watched, signal: AbortSignal): AsyncIterable<FoundPost[]>;
  },
): Source {
  return {
    key,
    async *read(position, signal) {
      const before = watchCursor.parse(position);
      const startedAt = Date.now();
      const since = before?.since ?? startedAt - ms(settings.lookBack);
      const all = startedAt - (before?.readAllAt ?? 0) >= READ_ALL_EVERY_MS;
      const horizon = Math.min(
        startedAt - ms(settings.commentsFor),
        (before?.readAt ?? startedAt) - ms(settings.overlap),
      );
      const recent = ({ publishedAt }: { publishedAt: Date }) => publishedAt.getTime() >= since;
      const counts: Record<string, number> = {};

      for await (const posts of read.posts(signal)) {
        const found = posts.flatMap((post) => post.found ?? []).filter(recent);
        yield { found, position };
        const fresh = posts.filter(({ publishedAt }) => publishedAt.getTime() >= horizon);
        for (const post of fresh) {
          const same = before?.counts[post.id] === post.comments;
          if (!all && same) counts[post.id] = post.comments;
          else {
            for await (const comments of commentsOf(post, signal)) {
              yield { found: comments.filter(recent), position };
            }
          }
        }
        if (fresh.length === 0) break;
      }
      const readAllAt = all ? startedAt : (before?.readAllAt ?? startedAt);
      yield { found: [], position: { since, readAt: startedAt, readAllAt, counts } };

      async function* commentsOf(post: Watched, signal: AbortSignal) {
        try {
          yield* read.comments(post, signal);
          counts[post.id] = post.comments;
        } catch (error) {
          // A post deleted a moment ago must not stop the reading of the others.
          const passes =
            error instanceof NetworkError && ['missing', 'content'].includes(error.kind);
          if (!passes) throw error;
          log.warn({ network, post: post.id, why: error.message }, 'comments not read');
        }
      }
    },
  };
}

/** Where the next window begins, unix milliseconds. */
const mentionCursor = z.object({ from: z.number() }).nullish();

/** Others' posts that name us, newest first. Windows overlap and are counted by the network's dates. */
export function mentionSource(
  key: string,
  settings: MetaSettings,
  read: (signal: AbortSignal) => AsyncIterable<FoundPost[]>,
): Source {
  return {
    key,
    async *read(position, signal) {
      const from = mentionCursor.parse(position)?.from ?? Date.now() - ms(settings.lookBack);
      let next = from;
      for await (const posts of read(signal)) {
        const found = posts.filter(({ publishedAt }) => publishedAt.getTime() >= from);
        const newest = Math.max(0, ...found.map(({ publishedAt }) => publishedAt.getTime()));
        next = Math.max(next, newest - ms(settings.overlap));
        yield { found, position: { from: next } };
        if (posts.length > 0 && found.length === 0) return;
      }
    },
  };
}
