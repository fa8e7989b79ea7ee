import { z } from 'zod';
import type { FoundPost } from '../port.ts';
import type { VkSettings } from '../settings.ts';
import type { VkClient } from './client.ts';
import { VkError } from './errors.ts';
import { people, readFound } from './found.ts';
import { readId } from './ids.ts';

const AT_ONCE = 100;
const list = people.extend({ items: z.array(z.looseObject({})) });

/** The posts and comments of these ids that are there and are not ours, with their authors. */
export async function find(
  client: VkClient,
  settings: VkSettings,
  externalIds: readonly string[],
  signal?: AbortSignal,
): Promise<FoundPost[]> {
  const objects = externalIds.map(readId);
  const posts = objects.filter(({ comment }) => comment === null);
  const found: FoundPost[] = [];
  for (let at = 0; at < posts.length; at += AT_ONCE) {
    const ids = posts.slice(at, at + AT_ONCE).map(({ owner, post }) => `${owner}_${post}`);
    const params = { posts: ids.join(), extended: 1 };
    const page = await shown(() => client.read(list, 'wall.getById', params, signal));
    if (page) found.push(...readFound(settings, page.items.filter(there), page));
  }
  for (const { owner, post, comment } of objects) {
    if (comment === null) continue;
    const params = { owner_id: owner, comment_id: comment, extended: 1 };
    const page = await shown(() => client.read(list, 'wall.getComment', params, signal));
    const items = page?.items
      .filter(there)
      .map((item) => ({ owner_id: owner, post_id: post, ...item }));
    if (page && items) found.push(...readFound(settings, items, page));
  }
  const asked = new Set(externalIds);
  return found.filter(({ externalId }) => asked.has(externalId));
}

/** Null: deleted a moment ago, or not shown to us. */
async function shown<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof VkError) return null;
    throw error;
  }
}

const there = (item: Record<string, unknown>): boolean => item['is_deleted'] !== true;
