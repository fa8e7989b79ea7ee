import { z } from 'zod';
import type { OkClient } from './client.ts';
import { OkError } from './errors.ts';
import { BLOCKS, entities, readTopics, type Topic } from './topics.ts';

const AT_ONCE = 100;

const answer = z.object({ media_topics: z.array(z.unknown()).nullish(), entities });

interface Topics {
  topics: Topic[];
  refers: z.infer<typeof entities>;
}

/** The topics with these ids that are there, in pages. */
export async function* topicsById(
  client: OkClient,
  ids: readonly string[],
  fields: string,
  signal?: AbortSignal,
): AsyncGenerator<Topics> {
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    yield* page(client, ids.slice(at, at + AT_ONCE), fields, signal);
  }
}

async function* page(
  client: OkClient,
  ids: readonly string[],
  fields: string,
  signal?: AbortSignal,
): AsyncGenerator<Topics> {
  const params = { topic_ids: ids.join(), media_limit: BLOCKS, fields };
  try {
    const given = await client.read(answer, 'mediatopic.getByIds', params, signal);
    yield { topics: readTopics(given.media_topics ?? []), refers: given.entities };
  } catch (error) {
    if (!(error instanceof OkError) || error.kind !== 'missing') throw error;
    // One that is not there may spoil the answer for all: then each is asked for alone.
    if (ids.length === 1) return;
    for (const id of ids) yield* page(client, [id], fields, signal);
  }
}
