import { z } from 'zod';
import type { MetaClient } from '../meta/client.ts';
import { linkTo } from './found.ts';
import { objectIn, queryOf } from './nodes.ts';
import type { InstagramSettings } from './settings.ts';

const placed = z.object({
  permalink: z.string().optional(),
  media: z.object({ permalink: z.string().optional() }).optional(),
});

/**
 * The link to our reply. The answer stands by now, so nothing that goes wrong here may be taken for
 * a failure: then the link is the account's page.
 */
export async function permalinkOf(
  client: MetaClient,
  settings: InstagramSettings,
  externalId: string,
  replyId: string,
  signal?: AbortSignal,
): Promise<string> {
  const fields = { media: 'permalink', comment: 'media{permalink}' };
  const answer = await client
    .get(queryOf(settings, externalId, fields), signal)
    .catch(() => undefined);
  const { data } = placed.safeParse(objectIn(answer));
  const link = linkTo(data?.permalink ?? data?.media?.permalink, { comment: replyId });
  return link ?? `${settings.permalinkBase}/${settings.account.username}/`;
}
