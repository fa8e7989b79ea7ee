import type { Ref } from '../social/types.ts';

/** Numbers of a wall's entries, as many as a topic's number has room for. */
const ROOM = 1_000_000;

/** OK numbers topics through all groups and pages. */
export function topicId({ owner_id, id }: Ref): string {
  return String(Math.abs(owner_id) * ROOM + id);
}

/** Reverse of `topicId`; `isGroup` tells whose number it is. */
export function topicRef(text: string, isGroup: (id: number) => boolean): Ref {
  const number = Number(text);
  const owner = Math.floor(number / ROOM);
  return { owner_id: isGroup(owner) ? -owner : owner, id: number % ROOM };
}

/** How OK refers to an author or an owner: `group:1`, `user:2`. */
export function refOf(id: number): string {
  return id < 0 ? `group:${-id}` : `user:${id}`;
}
