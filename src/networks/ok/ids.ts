import type { OkSettings } from './settings.ts';

/** A topic («запись»), or with `comment` a comment under it. */
export interface OkObject {
  /** A topic of a group, or a status of a user's own page. */
  place: 'group' | 'profile';
  /** Of the group or the user. */
  owner: string;
  topic: string;
  /** OK's ids of comments are opaque. */
  comment: string | null;
}

const PATTERN = /^(?:group\/(\d+)\/topic|profile\/(\d+)\/statuses)\/(\d+)(?:\/comment\/(.+))?$/;

/** The topic's path on the site, for a comment followed by its id: `group/1/topic/2/comment/3`. */
export function writeId(object: OkObject): string {
  const topic = topicPath(object);
  return object.comment === null ? topic : `${topic}/comment/${object.comment}`;
}

/** Reverse of `writeId`; throws Error on anything else. */
export function readId(externalId: string): OkObject {
  const match = PATTERN.exec(externalId);
  if (!match) throw new Error(`not an id of an OK topic or comment: ${externalId}`);
  const [, group, user, topic = '', comment = null] = match;
  return group === undefined
    ? { place: 'profile', owner: user ?? '', topic, comment }
    : { place: 'group', owner: group, topic, comment };
}

/** How OK names the topic in the methods of `discussions`. */
export function discussionOf({ place, topic }: OkObject) {
  return {
    discussionId: topic,
    discussionType: place === 'group' ? 'GROUP_TOPIC' : 'USER_STATUS',
  };
}

export function permalink(settings: OkSettings, object: OkObject): string {
  const topic = `${settings.permalinkBase}/${topicPath(object)}`;
  if (object.comment === null) return topic;
  return topic + settings.commentLink.replace('{id}', encodeURIComponent(object.comment));
}

/** A reference as OK writes it, `group:1` or `user:2`. */
export function readRef(ref: string): { place: OkObject['place']; id: string } | null {
  const match = /^(group|user):(\d+)$/.exec(ref);
  if (!match) return null;
  return { place: match[1] === 'group' ? 'group' : 'profile', id: match[2] ?? '' };
}

/** Does this author write in our name? */
export function isOurs(settings: OkSettings, ref: string): boolean {
  const author = readRef(ref);
  if (!author) return false;
  const ours = author.place === 'group' ? settings.ownPages : settings.accounts;
  return ours.includes(Number(author.id));
}

function topicPath({ place, owner, topic }: OkObject): string {
  return `${place}/${owner}/${place === 'group' ? 'topic' : 'statuses'}/${topic}`;
}
