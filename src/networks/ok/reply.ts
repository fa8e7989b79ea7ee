import { z } from 'zod';
import { publishedText } from '../format.ts';
import type { IsGone } from '../is-gone.ts';
import { gone, outcomeOf, withoutDoubt } from '../outcome.ts';
import type { Answer, PublicationOutcome } from '../port.ts';
import type { OkClient } from './client.ts';
import { discussionOf, permalink, readId, writeId, type OkObject } from './ids.ts';
import { uploadPhoto } from './photos.ts';
import type { OkSettings } from './settings.ts';

export const OK = { code: 'ok', name: 'Одноклассники' } as const;

const METHOD = 'discussions.addDiscussionComment';

/** The id of the comment made; OK's documentation does not show the answer, so any likely form. */
const id = z.union([z.string().min(1), z.number()]).transform(String);
const created = z.union([
  id,
  z.object({ comment: z.object({ id }) }).transform(({ comment }) => comment.id),
  z.object({ comment_id: id }).transform(({ comment_id }) => comment_id),
  z.object({ id }).transform((comment) => comment.id),
]);

/** Publishes `answer` under the object: in our own groups as the group (clause 8). */
export async function reply(
  client: OkClient,
  settings: OkSettings,
  isGone: IsGone,
  externalId: string,
  answer: Answer,
  signal?: AbortSignal,
): Promise<PublicationOutcome> {
  const object = readId(externalId);
  if (await isGone(externalId)) return gone(null, null);

  const attachments: object[] = [];
  try {
    for (const file of answer.attachments) {
      attachments.push(await uploadPhoto(client, settings, file, signal));
    }
  } catch (error) {
    return withoutDoubt(outcomeOf(OK, error, { method: 'photosV2.getUploadUrl' }));
  }

  const { discussionId, discussionType } = discussionOf(object);
  const params = {
    entityId: discussionId,
    entityType: discussionType,
    comment: publishedText(answer.text),
    reply_to_comment_id: object.comment ?? undefined,
    as_admin: speaksAsGroup(settings, object) ? 'true' : undefined,
    attachments: attachments.length > 0 ? JSON.stringify(attachments) : undefined,
  };
  const sent = { method: METHOD, params };
  try {
    const received = await client.call(METHOD, params, signal);
    const parsed = created.safeParse(received);
    if (!parsed.success) return { state: 'unknown', reason: NO_NUMBER, sent, received };
    const ours = { ...object, comment: parsed.data };
    return {
      state: 'published',
      externalId: writeId(ours),
      permalink: permalink(settings, ours),
      sent,
      received,
    };
  } catch (error) {
    const outcome = outcomeOf(OK, error, sent);
    // The original may have gone between the look and the call.
    const refused = outcome.state === 'refused' || outcome.state === 'needs-person';
    if (!refused || !(await isGone(externalId))) return outcome;
    return gone(sent, outcome.received);
  }
}

const NO_NUMBER =
  'Одноклассники ответили без номера комментария: неизвестно, опубликован ли ответ.';

/** Elsewhere an administrator's right is worth nothing: there the account itself answers. */
function speaksAsGroup(settings: OkSettings, { place, owner }: OkObject): boolean {
  return place === 'group' && settings.ownPages.includes(Number(owner));
}
