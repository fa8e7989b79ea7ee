import { findProblems, previewOf } from '../format.ts';
import { createMetaClient } from '../meta/client.ts';
import { lookUpEach, readObjects } from '../meta/look-up.ts';
import { ms } from '../meta/time.ts';
import { tokenExpiresAt } from '../meta/token.ts';
import type { Network } from '../port.ts';
import type { Secrets } from '../secrets.ts';
import { findReply } from './find-reply.ts';
import {
  COMMENT_FIELDS,
  MEDIA_FIELDS,
  MENTION_FIELDS,
  TEXT_FIELDS,
  readFound,
  textOf,
} from './found.ts';
import { readId } from './ids.ts';
import { objectIn, queryOf } from './nodes.ts';
import { ADDRESSES, recognise, resolve } from './recognise.ts';
import { reply } from './reply.ts';
import type { InstagramSettings } from './settings.ts';
import { mediaSource, tagsSource } from './sources.ts';
import { instagramWebhook } from './webhook.ts';

/** Instagram: the region's professional account, its publications and where it is mentioned. */
export function createInstagram(settings: InstagramSettings, secrets: Secrets): Network {
  const { instagramToken, metaAppSecret } = secrets;
  const client = createMetaClient('Instagram', settings, instagramToken, metaAppSecret);
  const { canRead, canReply } = settings;
  const limits = { text: settings.textLimit, attachments: settings.attachments };
  const own = { path: settings.account.id, params: { fields: 'id' } };
  return {
    code: 'instagram',
    name: 'Instagram',
    canRead,
    canReply,
    limits,
    pollEveryMs: ms(settings.pollEvery),
    sources: () => (canRead ? [mediaSource(client, settings), tagsSource(client, settings)] : []),
    recognise: (url) => recognise(settings, url),
    addresses: ADDRESSES,
    ...(canRead && {
      resolve: (url: URL, signal?: AbortSignal) => resolve(client, settings, url, signal),
    }),
    lookUp: (externalIds, signal) =>
      lookUpEach(
        client,
        own,
        new Map(externalIds.map((each) => [each, queryOf(settings, each, TEXT_FIELDS)])),
        (answer) => textOf(objectIn(answer)),
        signal,
      ),
    async find(externalIds, signal) {
      const fields = (elsewhere: boolean) => ({
        media: MEDIA_FIELDS,
        comment: elsewhere ? MENTION_FIELDS : COMMENT_FIELDS,
      });
      const wanted = new Map(
        externalIds.map((each) => [each, queryOf(settings, each, fields(readId(each).elsewhere))]),
      );
      const objects = await readObjects(client, own, wanted, signal);
      return [...objects].flatMap(([externalId, answer]) => {
        const { media, comment, elsewhere } = readId(externalId);
        if (answer === null) return [];
        const place = { media, permalink: undefined, comment: comment !== null, elsewhere };
        return readFound(settings, objectIn(answer), place) ?? [];
      });
    },
    async reply(externalId, answer, signal) {
      if (canReply) return reply(client, settings, externalId, answer, signal);
      const reason = 'Публикация в Instagram выключена в настройках.';
      return { state: 'needs-person', reason, sent: null, received: null };
    },
    findReply: (externalId, { text }, signal) =>
      findReply(client, settings, externalId, text, signal),
    tokenExpiresAt: (signal) => tokenExpiresAt(client, signal),
    webhook: instagramWebhook(settings, secrets),
    // Pictures stay out of comments: `preview` tells, and they are no fault of the answer.
    format: ({ text }) => findProblems({ text }, limits),
    preview: (answer) => previewOf(answer, limits),
  };
}
