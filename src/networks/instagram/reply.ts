import { z } from 'zod';
import { publishedText } from '../format.ts';
import type { MetaClient } from '../meta/client.ts';
import { settled } from '../meta/settled.ts';
import type { Answer, PublicationOutcome } from '../port.ts';
import { findReply } from './find-reply.ts';
import { readId, writeId } from './ids.ts';
import { queryOf } from './nodes.ts';
import { permalinkOf } from './permalink.ts';
import type { InstagramSettings } from './settings.ts';

const INSTAGRAM = { code: 'instagram', name: 'Instagram' } as const;

const created = z.looseObject({ id: z.string().min(1) });

/**
 * Publishes the text of `answer` as our account's reply (clause 8): Instagram shows no pictures in
 * comments, so attachments stay out, as `preview` says.
 */
export async function reply(
  client: MetaClient,
  settings: InstagramSettings,
  externalId: string,
  answer: Answer,
  signal?: AbortSignal,
): Promise<PublicationOutcome> {
  const object = readId(externalId);
  const { media, comment, elsewhere } = object;
  const message = publishedText(answer.text);
  const path = elsewhere
    ? `${settings.account.id}/mentions`
    : comment === null
      ? `${media}/comments`
      : `${comment}/replies`;
  const params = {
    message,
    ...(elsewhere && { media_id: media, comment_id: comment ?? undefined }),
  };
  const sent = { path, params };
  try {
    const received = await client.post(path, params, signal);
    const parsed = created.safeParse(received);
    if (!parsed.success) return { state: 'unknown', reason: NO_NUMBER, sent, received };
    const ours = { ...object, comment: parsed.data.id };
    return {
      state: 'published',
      externalId: writeId(ours),
      permalink: await permalinkOf(client, settings, externalId, parsed.data.id, signal),
      sent,
      received,
    };
  } catch (error) {
    return settled(client, INSTAGRAM, {
      error,
      sent,
      original: queryOf(settings, externalId, { media: 'id', comment: 'id' }),
      find: () => findReply(client, settings, externalId, answer.text, signal),
      signal,
    });
  }
}

const NO_NUMBER = 'Instagram ответил без номера комментария: неизвестно, опубликован ли ответ.';
