import { z } from 'zod';
import type { Published } from '../port.ts';
import { sameText } from '../same-text.ts';
import type { VkSettings } from '../settings.ts';
import type { VkClient } from './client.ts';
import { commentPages } from './comments.ts';
import { VkError } from './errors.ts';
import { permalink, readId, writeId, type VkObject } from './ids.ts';

const reply = z.looseObject({
  id: z.number(),
  from_id: z.number(),
  text: z.string().default(''),
  reply_to_comment: z.number().optional(),
});
const asked = z.object({
  items: z.array(z.object({ parents_stack: z.array(z.number()).default([]) })),
});

/**
 * Our community's reply with this text under the object. Where VK does not let us look the answer is
 * null as well: its `guid` keeps a new try from publishing twice.
 */
export async function findReply(
  client: VkClient,
  settings: VkSettings,
  externalId: string,
  text: string,
  signal?: AbortSignal,
): Promise<Published | null> {
  const object = readId(externalId);
  try {
    const thread = await threadOf(client, object, signal);
    const { owner, post } = object;
    for await (const page of commentPages(client, owner, post, thread, signal, 'desc')) {
      for (const item of page.items) {
        const parsed = reply.safeParse(item);
        if (!parsed.success || !isOurs(parsed.data, object)) continue;
        const answer = { owner, post, comment: parsed.data.id };
        return {
          externalId: writeId(answer),
          permalink: permalink(settings.permalinkBase, answer),
          received: { method: 'wall.getComments', comment: item },
        };
      }
    }
  } catch (error) {
    if (!(error instanceof VkError)) throw error;
  }
  return null;

  function isOurs(item: z.infer<typeof reply>, { comment }: VkObject): boolean {
    return (
      item.from_id === -settings.replyAs &&
      (item.reply_to_comment ?? null) === comment &&
      sameText(item.text, text)
    );
  }
}

/** The top comment of the thread in which a reply to `comment` appears; undefined for a post. */
async function threadOf(
  client: VkClient,
  { owner, comment }: VkObject,
  signal?: AbortSignal,
): Promise<number | undefined> {
  if (comment === null) return undefined;
  const { items } = await client.read(
    asked,
    'wall.getComment',
    { owner_id: owner, comment_id: comment },
    signal,
  );
  return items[0]?.parents_stack[0] ?? comment;
}
