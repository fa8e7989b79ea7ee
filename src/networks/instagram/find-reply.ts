import { z } from 'zod';
import type { MetaClient } from '../meta/client.ts';
import { searched } from '../meta/find-reply.ts';
import { pagesOf } from '../meta/pages.ts';
import { NetworkError } from '../network-error.ts';
import type { Published } from '../port.ts';
import { sameText } from '../same-text.ts';
import { REPLY_FIELDS } from './found.ts';
import { readId, writeId } from './ids.ts';
import { permalinkOf } from './permalink.ts';
import type { InstagramSettings } from './settings.ts';

const reply = z.looseObject({
  id: z.string(),
  text: z.string().default(''),
  username: z.string().optional(),
  from: z.object({ id: z.string() }).optional(),
});
const asked = z.object({ parent_id: z.string().optional() });

const ELSEWHERE = {
  kind: 'permission',
  reason: 'комментарии под чужими записями она не показывает',
} as const;

/** Our account's reply with this text under the object. */
export function findReply(
  client: MetaClient,
  settings: InstagramSettings,
  externalId: string,
  text: string,
  signal?: AbortSignal,
): Promise<Published | null> {
  return searched(async () => {
    const object = readId(externalId);
    const { media, comment, elsewhere } = object;
    // Comments elsewhere are not readable: whether ours is among them only a person can see.
    if (elsewhere) throw new NetworkError('Instagram: not ours to read', 0, '', ELSEWHERE);
    const path =
      comment === null ? `${media}/comments` : `${await threadOf(client, comment, signal)}/replies`;
    const query = { path, params: { fields: REPLY_FIELDS, limit: 50 } };
    for await (const items of pagesOf(client, reply, query, signal)) {
      const ours = items.find((item) => isOurs(item) && sameText(item.text, text));
      if (!ours) continue;
      return {
        externalId: writeId({ ...object, comment: ours.id }),
        permalink: await permalinkOf(client, settings, externalId, ours.id, signal),
        received: { path, comment: ours },
      };
    }
    return null;
  });

  function isOurs({ from, username }: z.infer<typeof reply>): boolean {
    const { account } = settings;
    return from?.id === account.id || username === account.username;
  }
}

/** An answer to an answer stands beside it, under the comment at the top. */
async function threadOf(
  client: MetaClient,
  comment: string,
  signal?: AbortSignal,
): Promise<string> {
  const query = { path: comment, params: { fields: 'id,parent_id' } };
  return (await client.read(asked, query, signal)).parent_id ?? comment;
}
