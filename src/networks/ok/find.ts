import { z } from 'zod';
import type { FoundPost } from '../port.ts';
import { topicsById } from './by-ids.ts';
import type { OkClient } from './client.ts';
import { COMMENT_FIELDS, foundComments, readComments } from './comments.ts';
import { OkError } from './errors.ts';
import { discussionOf, readId, type OkObject } from './ids.ts';
import type { OkSettings } from './settings.ts';
import { foundTopics, TOPIC_FIELDS } from './topics.ts';

const answer = z.object({ comment: z.unknown() });

/** The topics and comments of these ids that are there and are not ours, with their authors. */
export async function find(
  client: OkClient,
  settings: OkSettings,
  externalIds: readonly string[],
  signal?: AbortSignal,
): Promise<FoundPost[]> {
  const objects = externalIds.map(readId);
  const topics = objects.filter(({ comment }) => comment === null).map(({ topic }) => topic);
  const found: FoundPost[] = [];
  for await (const page of topicsById(client, topics, TOPIC_FIELDS, signal)) {
    found.push(...foundTopics(settings, page.topics, page.refers, 0));
  }
  for (const object of objects) {
    if (object.comment === null) continue;
    const item = await commentAt(client, object, object.comment, signal);
    if (item) found.push(...foundComments(settings, object, readComments([item]), 0));
  }
  const asked = new Set(externalIds);
  return found.filter(({ externalId }) => asked.has(externalId));
}

/** Null: deleted, or not shown to us. */
async function commentAt(
  client: OkClient,
  object: OkObject,
  id: string,
  signal?: AbortSignal,
): Promise<unknown> {
  const params = { ...discussionOf(object), comment_id: id, fields: COMMENT_FIELDS };
  try {
    return (await client.read(answer, 'discussions.getComment', params, signal)).comment;
  } catch (error) {
    if (error instanceof OkError) return null;
    throw error;
  }
}
