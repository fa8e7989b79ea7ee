import type { Published } from '../port.ts';
import { sameText } from '../same-text.ts';
import type { OkClient } from './client.ts';
import { commentPages } from './comments.ts';
import { OkError } from './errors.ts';
import { isOurs, permalink, readId, writeId } from './ids.ts';
import type { OkSettings } from './settings.ts';

/**
 * Our reply with this text under the object; null: it is certainly not there. OK knows no key against
 * repeats, so where it does not let us look this throws: trying again blindly could answer twice.
 */
export async function findReply(
  client: OkClient,
  settings: OkSettings,
  externalId: string,
  text: string,
  signal?: AbortSignal,
): Promise<Published | null> {
  const object = readId(externalId);
  try {
    for await (const comments of commentPages(client, object, signal)) {
      const ours = comments.find(
        (each) =>
          isOurs(settings, each.author_ref) &&
          each.reply_to_comment_id === object.comment &&
          sameText(each.text, text),
      );
      if (!ours) continue;
      const reply = { ...object, comment: ours.id };
      return {
        externalId: writeId(reply),
        permalink: permalink(settings, reply),
        received: { method: 'discussions.getComments', comment: ours },
      };
    }
  } catch (error) {
    if (!(error instanceof OkError) || error.kind !== 'missing') throw error;
  }
  return null;
}
