import { z } from 'zod';
import type { NowThere } from '../port.ts';
import type { VkClient } from './client.ts';
import { VkError } from './errors.ts';
import { readId, writeId } from './ids.ts';

const AT_ONCE = 100;

const posts = z.object({
  items: z.array(
    z.object({
      id: z.number(),
      owner_id: z.number(),
      text: z.string().default(''),
      is_deleted: z.boolean().default(false),
    }),
  ),
});
const comment = z.object({
  items: z.array(z.object({ text: z.string().default(''), deleted: z.boolean().default(false) })),
});

/** What became of these posts and comments; one that may not be looked at is left out. */
export async function lookUp(
  client: VkClient,
  externalIds: readonly string[],
  signal?: AbortSignal,
): Promise<Map<string, NowThere>> {
  const objects = externalIds.map(readId);
  const walls = [...new Set(objects.map((object) => writeId({ ...object, comment: null })))];
  const texts = await postTexts(client, walls, signal);
  const found = new Map<string, NowThere>();
  for (const object of objects) {
    const post = texts.get(writeId({ ...object, comment: null }));
    if (post === undefined) found.set(writeId(object), { deleted: true });
    else if (object.comment === null) found.set(writeId(object), { deleted: false, text: post });
    else {
      const state = await commentState(client, object.owner, object.comment, signal);
      if (state) found.set(writeId(object), state);
    }
  }
  return found;
}

/** Texts of the posts that are there; VK leaves out the others without an error. */
async function postTexts(
  client: VkClient,
  ids: readonly string[],
  signal?: AbortSignal,
): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const wanted = ids.slice(at, at + AT_ONCE).join();
    const { items } = await client.read(posts, 'wall.getById', { posts: wanted }, signal);
    for (const { id, owner_id, text, is_deleted } of items) {
      if (!is_deleted) texts.set(`${owner_id}_${id}`, text);
    }
  }
  return texts;
}

async function commentState(
  client: VkClient,
  owner: number,
  id: number,
  signal?: AbortSignal,
): Promise<NowThere | null> {
  try {
    const { items } = await client.read(
      comment,
      'wall.getComment',
      { owner_id: owner, comment_id: id },
      signal,
    );
    const [there] = items;
    return !there || there.deleted ? { deleted: true } : { deleted: false, text: there.text };
  } catch (error) {
    if (!(error instanceof VkError)) throw error;
    // The post is there, so "wrong parameter" can only mean that the comment is not.
    return error.kind === 'content' ? { deleted: true } : null;
  }
}
