import type { Answer, Published } from '../port.ts';
import type { XClient } from './client.ts';
import { XError } from './errors.ts';
import { piecesOf } from './format.ts';
import { lookUp } from './look-up.ts';
import { answersAmong, ownPosts } from './own-posts.ts';
import type { XSettings } from './settings.ts';
import { permalink } from './tweet.ts';

/**
 * Our account's reply with this text under the post, and of a thread all of its posts. Null also where
 * X does not let us look, or part of the thread is missing: X refuses the same text again, and `reply`
 * looks for each post of a thread before it sends it.
 */
export async function findReply(
  client: XClient,
  settings: XSettings,
  externalId: string,
  answer: Pick<Answer, 'text' | 'asThread'>,
  signal?: AbortSignal,
): Promise<Published | null> {
  try {
    const targets = await versionsOf(client, externalId, signal);
    const posts = await ownPosts(client, settings, externalId, signal);
    const pieces = piecesOf(answer, settings.textLimit);
    const found = answersAmong(posts, targets, pieces);
    const [first] = found;
    if (!first || found.length < pieces.length) return null;
    return publishedAs(settings, first.id, { tweets: found });
  } catch (error) {
    if (!(error instanceof XError)) throw error;
    return null;
  }
}

/** The answer that stands in X, its first post for the whole. */
export function publishedAs(settings: XSettings, id: string, received: unknown): Published {
  return { externalId: id, permalink: permalink(settings, id, settings.account.name), received };
}

async function versionsOf(
  client: XClient,
  externalId: string,
  signal?: AbortSignal,
): Promise<string[]> {
  const present = (await lookUp(client, [externalId], signal)).get(externalId);
  return present && !present.deleted ? present.versions : [externalId];
}
