import type { NetworkObject } from '../port.ts';
import { sitePath } from '../site-path.ts';
import { permalink, writeId, type VkObject } from './ids.ts';

const HOSTS = /^(www\.|m\.)?vk\.(com|ru)$/;
/** `wall-1_2` in a path or in `w`, there with `_r3` for a comment and the like behind a slash. */
const WALL = /^wall(-?\d{1,15})_(\d{1,15})(?:_r(\d{1,15}))?(?:\/.*)?$/;

/**
 * The post or comment behind an address: `wall-1_2`, `wall-1_2?reply=3`, a page that shows it in front
 * (`feed?w=wall-1_2_r3`), on any of VK's hosts or under `base`, whatever else the query says.
 */
export function recognise(base: string, url: URL): NetworkObject | null {
  const object = objectAt(base, url);
  if (object === null) return null;
  return {
    network: 'vk',
    externalId: writeId(object),
    kind: object.comment === null ? 'post' : 'comment',
    url: permalink(base, object),
  };
}

function objectAt(base: string, url: URL): VkObject | null {
  const path = sitePath(url, HOSTS, base);
  if (path === null) return null;
  const wall = WALL.exec(path) ?? WALL.exec(url.searchParams.get('w') ?? '');
  if (wall === null) return null;
  const reply = /^\d{1,15}$/.exec(url.searchParams.get('reply') ?? '')?.[0];
  const comment = reply ?? wall[3];
  const object = {
    owner: Number(wall[1]),
    post: Number(wall[2]),
    comment: comment === undefined ? null : Number(comment),
  };
  return object.owner === 0 || object.post === 0 || object.comment === 0 ? null : object;
}
