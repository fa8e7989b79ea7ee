import { z } from 'zod';
import { publishedText } from '../format.ts';
import type { IsGone } from '../is-gone.ts';
import { gone, outcomeOf, withoutDoubt } from '../outcome.ts';
import type { Answer, PublicationOutcome } from '../port.ts';
import type { VkSettings } from '../settings.ts';
import type { VkClient } from './client.ts';
import { permalink, readId, writeId } from './ids.ts';
import { uploadPhoto } from './photos.ts';

const VK = { code: 'vk', name: 'ВКонтакте' } as const;
const METHOD = 'wall.createComment';
const created = z.looseObject({ comment_id: z.int().positive() });

/** Publishes `answer` as our community's comment under the object (clause 8). */
export async function reply(
  client: VkClient,
  settings: VkSettings,
  isGone: IsGone,
  externalId: string,
  answer: Answer,
  signal?: AbortSignal,
): Promise<PublicationOutcome> {
  const { owner, post, comment } = readId(externalId);
  if (await isGone(externalId)) return gone(null, null);

  let attachments: string[];
  try {
    attachments = await uploadAll();
  } catch (error) {
    return withoutDoubt(outcomeOf(VK, error, { method: 'photos.saveWallPhoto' }));
  }

  const params = {
    owner_id: owner,
    post_id: post,
    from_group: settings.replyAs,
    message: publishedText(answer.text),
    reply_to_comment: comment ?? undefined,
    attachments: attachments.length > 0 ? attachments.join() : undefined,
    guid: answer.guid,
  };
  const sent = { method: METHOD, params };
  try {
    const response = await client.call('group', METHOD, params, signal);
    const parsed = created.safeParse(response);
    if (!parsed.success) return { state: 'unknown', reason: NO_NUMBER, sent, received: response };
    const ours = { owner, post, comment: parsed.data.comment_id };
    return {
      state: 'published',
      externalId: writeId(ours),
      permalink: permalink(settings.permalinkBase, ours),
      sent,
      received: response,
    };
  } catch (error) {
    const outcome = outcomeOf(VK, error, sent);
    // The original may have gone between the look and the call.
    const refused = outcome.state === 'refused' || outcome.state === 'needs-person';
    if (!refused || !(await isGone(externalId))) return outcome;
    return gone(sent, outcome.received);
  }

  async function uploadAll(): Promise<string[]> {
    const names: string[] = [];
    for (const file of answer.attachments) {
      names.push(await uploadPhoto(client, settings.replyAs, file, signal));
    }
    return names;
  }
}

const NO_NUMBER = 'ВКонтакте ответила без номера комментария: неизвестно, опубликован ли ответ.';
