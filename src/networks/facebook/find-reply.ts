import { z } from 'zod';
import type { MetaClient } from '../meta/client.ts';
import { searched } from '../meta/find-reply.ts';
import { pagesOf } from '../meta/pages.ts';
import type { Published } from '../port.ts';
import { sameText } from '../same-text.ts';
import { readId, writeId } from './ids.ts';
import type { FacebookSettings } from './settings.ts';

const reply = z.looseObject({
  id: z.string(),
  message: z.string().default(''),
  from: z.object({ id: z.string() }).optional(),
  permalink_url: z.string().optional(),
});
const asked = z.object({ parent: z.object({ id: z.string() }).optional() });

/** Our page's reply with this text under the object. */
export function findReply(
  client: MetaClient,
  settings: FacebookSettings,
  externalId: string,
  text: string,
  signal?: AbortSignal,
): Promise<Published | null> {
  return searched(async () => {
    const { post, comment } = readId(externalId);
    const under = comment === null ? post : await threadOf(client, comment, signal);
    const query = {
      path: `${under}/comments`,
      params: {
        filter: 'toplevel',
        order: 'reverse_chronological',
        fields: 'id,message,from{id},permalink_url,created_time',
        limit: 100,
      },
    };
    for await (const items of pagesOf(client, reply, query, signal)) {
      const ours = items.find(
        ({ from, message }) => from?.id === settings.page && sameText(message, text),
      );
      if (!ours) continue;
      return {
        externalId: writeId({ post, comment: ours.id }),
        permalink: ours.permalink_url ?? `${settings.permalinkBase}/${ours.id}`,
        received: { path: query.path, comment: ours },
      };
    }
    return null;
  });
}

/** An answer to an answer stands beside it, under the comment at the top. */
async function threadOf(
  client: MetaClient,
  comment: string,
  signal?: AbortSignal,
): Promise<string> {
  const query = { path: comment, params: { fields: 'id,parent{id}' } };
  return (await client.read(asked, query, signal)).parent?.id ?? comment;
}
