import type { NetworkAddress, NetworkObject } from '../port.ts';
import { sitePath } from '../site-path.ts';
import type { OkClient } from './client.ts';
import { topicsById } from './by-ids.ts';
import { permalink, writeId, type OkObject } from './ids.ts';
import type { OkSettings } from './settings.ts';
import { objectOf, TOPIC_FIELDS } from './topics.ts';

const HOSTS = /^((www|m)\.)?(ok|odnoklassniki)\.ru$/;
const TOPIC = /^(?:group\/(\d{1,20})\/topic|profile\/(\d{1,20})\/statuses)\/(\d{1,20})$/;
/** A group or a person with a short name: only OK knows the number behind it. */
const NAMED = /^[\w.-]+\/(?:topic|statuses)\/(\d{1,20})$/;

/**
 * The topic behind an address, or with the ending that the settings give to links of comments the
 * comment. One with a short name in it tells no id: `resolve` asks for its topic.
 */
export function recognise(settings: OkSettings, url: URL): NetworkAddress | null {
  const path = sitePath(url, HOSTS, settings.permalinkBase);
  if (path === null) return null;
  const comment = commentIn(settings, url);
  const [, group, user = '', topic = ''] = TOPIC.exec(path) ?? [];
  if (topic !== '') {
    return group === undefined
      ? addressOf(settings, { place: 'profile', owner: user, topic, comment })
      : addressOf(settings, { place: 'group', owner: group, topic, comment });
  }
  if (!NAMED.test(path)) return null;
  const kind = comment === null ? 'post' : 'comment';
  return { network: 'ok', externalId: null, kind, url: `${settings.permalinkBase}/${path}` };
}

/** What an address with a short name leads to; null: no such topic. Throws as reading does. */
export async function resolve(
  client: OkClient,
  settings: OkSettings,
  url: URL,
  signal?: AbortSignal,
): Promise<NetworkObject | null> {
  const topic = NAMED.exec(sitePath(url, HOSTS, settings.permalinkBase) ?? '')?.[1];
  if (topic === undefined) return null;
  for await (const { topics } of topicsById(client, [topic], TOPIC_FIELDS, signal)) {
    const object = topics.flatMap((each) => objectOf(each) ?? [])[0];
    if (object) return addressOf(settings, { ...object, comment: commentIn(settings, url) });
  }
  return null;
}

function addressOf(settings: OkSettings, object: OkObject): NetworkObject {
  return {
    network: 'ok',
    externalId: writeId(object),
    kind: object.comment === null ? 'post' : 'comment',
    url: permalink(settings, object),
  };
}

function commentIn({ commentLink }: OkSettings, { search, hash }: URL): string | null {
  const [before = '', after = ''] = commentLink.split('{id}');
  const [, id = ''] = (search + hash).split(before);
  try {
    return id.endsWith(after)
      ? decodeURIComponent(id.slice(0, id.length - after.length)) || null
      : null;
  } catch {
    return null;
  }
}
