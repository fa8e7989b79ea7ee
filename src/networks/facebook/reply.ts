import { buffer } from 'node:stream/consumers';
import { z } from 'zod';
import { publishedText } from '../format.ts';
import type { MetaClient } from '../meta/client.ts';
import { settled } from '../meta/settled.ts';
import { outcomeOf, withoutDoubt } from '../outcome.ts';
import type { Answer, Attachment, PublicationOutcome } from '../port.ts';
import { findReply } from './find-reply.ts';
import { nodeOf, readId, writeId } from './ids.ts';
import type { FacebookSettings } from './settings.ts';

const FACEBOOK = { code: 'facebook', name: 'Facebook' } as const;

const created = z.looseObject({ id: z.string().min(1), permalink_url: z.string().optional() });
const uploaded = z.object({ id: z.string().min(1) });

/** Publishes `answer` as our page's comment under the object, with its first picture (clause 8). */
export async function reply(
  client: MetaClient,
  settings: FacebookSettings,
  externalId: string,
  answer: Answer,
  signal?: AbortSignal,
): Promise<PublicationOutcome> {
  const node = nodeOf(externalId);
  let attachment_id: string | undefined;
  try {
    const [file] = answer.attachments;
    if (file) attachment_id = await uploadPhoto(client, settings, file, signal);
  } catch (error) {
    return withoutDoubt(outcomeOf(FACEBOOK, error, { path: `${settings.page}/photos` }));
  }

  const path = `${node}/comments`;
  const params = { message: publishedText(answer.text), attachment_id };
  const sent = { path, params };
  try {
    // Fields of the comment just made come along with its number.
    const fields = 'id,permalink_url';
    const received = await client.post(path, { ...params, fields }, signal);
    const parsed = created.safeParse(received);
    if (!parsed.success) return { state: 'unknown', reason: NO_NUMBER, sent, received };
    const { id, permalink_url } = parsed.data;
    return {
      state: 'published',
      externalId: writeId({ post: readId(externalId).post, comment: id }),
      permalink: permalink_url ?? `${settings.permalinkBase}/${id}`,
      sent,
      received,
    };
  } catch (error) {
    return settled(client, FACEBOOK, {
      error,
      sent,
      original: { path: node, params: { fields: 'id' } },
      find: () => findReply(client, settings, externalId, answer.text, signal),
      signal,
    });
  }
}

const NO_NUMBER = 'Facebook ответил без номера комментария: неизвестно, опубликован ли ответ.';

/** Brings a picture to Facebook, shown nowhere yet, and returns its number. */
async function uploadPhoto(
  client: MetaClient,
  settings: FacebookSettings,
  file: Attachment,
  signal?: AbortSignal,
): Promise<string> {
  const content = file.open();
  const bytes = Buffer.isBuffer(content) ? content : await buffer(content);
  const form = new FormData();
  form.set('published', 'false');
  form.set('source', new Blob([new Uint8Array(bytes)], { type: file.mediaType }), file.name);
  return uploaded.parse(await client.post(`${settings.page}/photos`, form, signal)).id;
}
