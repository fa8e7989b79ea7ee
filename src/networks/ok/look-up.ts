import { z } from 'zod';
import type { NowThere } from '../port.ts';
import { topicsById } from './by-ids.ts';
import type { OkClient } from './client.ts';
import { OkError } from './errors.ts';
import { discussionOf, readId, writeId, type OkObject } from './ids.ts';
import { textOf } from './topics.ts';

const FIELDS = [
  'media_topic.id',
  'media_topic.media',
  'media_topic.created_ms',
  'media_topic.author_ref',
  'media_topic.owner_ref',
].join();

const comment = z.object({ comment: z.object({ text: z.string().default('') }).nullish() });

/** What became of these topics and comments; one that may not be looked at is left out. */
export async function lookUp(
  client: OkClient,
  externalIds: readonly string[],
  signal?: AbortSignal,
): Promise<Map<string, NowThere>> {
  const objects = externalIds.map(readId);
  const texts = await topicTexts(client, [...new Set(objects.map(({ topic }) => topic))], signal);
  const found = new Map<string, NowThere>();
  for (const object of objects) {
    const text = texts.get(object.topic);
    if (text === undefined) found.set(writeId(object), { deleted: true });
    else if (object.comment === null) found.set(writeId(object), { deleted: false, text });
    else {
      const state = await commentState(client, object, object.comment, signal);
      if (state) found.set(writeId(object), state);
    }
  }
  return found;
}

/** Texts of the topics that are there, by id. */
async function topicTexts(
  client: OkClient,
  ids: readonly string[],
  signal?: AbortSignal,
): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for await (const { topics } of topicsById(client, ids, FIELDS, signal)) {
    for (const topic of topics) texts.set(topic.id, textOf(topic));
  }
  return texts;
}

async function commentState(
  client: OkClient,
  topic: OkObject,
  id: string,
  signal?: AbortSignal,
): Promise<NowThere | null> {
  try {
    const params = { ...discussionOf(topic), comment_id: id, fields: 'comment.id,comment.text' };
    const answer = await client.read(comment, 'discussions.getComment', params, signal);
    return answer.comment ? { deleted: false, text: answer.comment.text } : null;
  } catch (error) {
    if (!(error instanceof OkError)) throw error;
    return error.kind === 'missing' ? { deleted: true } : null;
  }
}
