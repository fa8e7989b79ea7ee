import { z } from 'zod';
import type { MetaClient } from '../meta/client.ts';
import { pagesOf } from '../meta/pages.ts';
import type { NetworkAddress, NetworkObject } from '../port.ts';
import { sitePath } from '../site-path.ts';
import { linkTo } from './found.ts';
import { writeId } from './ids.ts';
import type { InstagramSettings } from './settings.ts';

const HOSTS = /^((www|m)\.)?instagram\.com$/;
/** `p/CODE`, `reel/CODE`, `name/p/CODE`, with `/c/1` for a comment and `/r/2` for an answer to it. */
const SHOWN = /^(?:[\w.]+\/)?(p|reels?|tv)\/([\w-]+)(?:\/c\/(\d{1,25})(?:\/r\/(\d{1,25}))?)?$/;

export const ADDRESSES =
  'адрес записи региона, комментария под ней или записи с отметкой аккаунта региона: других сеть не показывает';

const listed = z.object({ id: z.string(), permalink: z.string().optional() });

/** An address names a publication by a code of the site, which the API does not know: see `resolve`. */
export function recognise(settings: InstagramSettings, url: URL): NetworkAddress | null {
  const place = placeAt(settings, url);
  if (place === null) return null;
  const { form, code, comment } = place;
  return {
    network: 'instagram',
    externalId: null,
    kind: comment === null ? 'post' : 'comment',
    url: linkTo(`${settings.permalinkBase}/${form}/${code}/`, { comment }) ?? url.href,
  };
}

/** What stands behind an address, sought among our publications and those that our account is tagged in. */
export async function resolve(
  client: MetaClient,
  settings: InstagramSettings,
  url: URL,
  signal?: AbortSignal,
): Promise<NetworkObject | null> {
  const place = placeAt(settings, url);
  if (place === null) return null;
  const { code, comment } = place;
  for (const edge of ['media', 'tags'] as const) {
    const query = {
      path: `${settings.account.id}/${edge}`,
      params: { fields: 'id,permalink', limit: 100 },
    };
    for await (const items of pagesOf(client, listed, query, signal)) {
      const there = items.find(({ permalink }) => codeIn(settings, permalink) === code);
      if (!there) continue;
      return {
        network: 'instagram',
        externalId: writeId({ media: there.id, comment, elsewhere: edge === 'tags' }),
        kind: comment === null ? 'post' : 'comment',
        url: linkTo(there.permalink, { comment }) ?? url.href,
      };
    }
  }
  return null;
}

function codeIn(settings: InstagramSettings, permalink: string | undefined): string | null {
  if (permalink === undefined || !URL.canParse(permalink)) return null;
  return placeAt(settings, new URL(permalink))?.code ?? null;
}

function placeAt({ permalinkBase }: InstagramSettings, url: URL) {
  const [, form, code, comment, answer] =
    SHOWN.exec(sitePath(url, HOSTS, permalinkBase) ?? '') ?? [];
  if (form === undefined || code === undefined) return null;
  return { form: form === 'reels' ? 'reel' : form, code, comment: answer ?? comment ?? null };
}
