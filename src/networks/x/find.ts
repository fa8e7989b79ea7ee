import type { FoundPost } from '../port.ts';
import type { XClient } from './client.ts';
import { readFound, timeline, WHOLE } from './found.ts';
import type { XSettings } from './settings.ts';

const AT_ONCE = 100;

/** The posts of these ids that are there and are not ours, in their last versions, with their authors. */
export async function find(
  client: XClient,
  settings: XSettings,
  externalIds: readonly string[],
  signal?: AbortSignal,
): Promise<FoundPost[]> {
  const asked = await read(externalIds);
  const latest = new Set(asked.flatMap(({ data }) => data.map(latestId)));
  // An old version shows its own text: what was edited is asked for again by its last id.
  const later = await read([...latest].filter((id) => !externalIds.includes(id)));
  return [...asked, ...later].flatMap(({ data, ...page }) =>
    readFound(settings, { ...page, data: data.filter((post) => latest.has(idOf(post))) }),
  );

  async function read(ids: readonly string[]) {
    const pages = [];
    for (let at = 0; at < ids.length; at += AT_ONCE) {
      const query = { ...WHOLE, ids: ids.slice(at, at + AT_ONCE).join() };
      pages.push(await client.read(timeline, { endpoint: 'GET /2/tweets', query }, signal));
    }
    return pages;
  }
}

const idOf = (post: Record<string, unknown>): string => String(post['id']);

function latestId(post: Record<string, unknown>): string {
  const versions = post['edit_history_tweet_ids'];
  return String((Array.isArray(versions) ? versions.at(-1) : undefined) ?? post['id']);
}
