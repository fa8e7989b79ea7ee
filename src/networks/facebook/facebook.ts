import { findProblems, previewOf } from '../format.ts';
import { createMetaClient } from '../meta/client.ts';
import { lookUpEach, readObjects } from '../meta/look-up.ts';
import { ms } from '../meta/time.ts';
import { tokenExpiresAt } from '../meta/token.ts';
import type { Network } from '../port.ts';
import type { Secrets } from '../secrets.ts';
import { findReply } from './find-reply.ts';
import { COMMENT_FIELDS, POST_FIELDS, readFound, textOf } from './found.ts';
import { nodeOf, readId } from './ids.ts';
import { ADDRESSES, recognise } from './recognise.ts';
import { reply } from './reply.ts';
import type { FacebookSettings } from './settings.ts';
import { pageSource, taggedSource } from './sources.ts';
import { facebookWebhook } from './webhook.ts';

/** Facebook: read and answered with the token of the page that speaks for the region. */
export function createFacebook(settings: FacebookSettings, secrets: Secrets): Network {
  const { facebookToken, metaAppSecret } = secrets;
  const client = createMetaClient('Facebook', settings, facebookToken, metaAppSecret);
  const { canRead, canReply } = settings;
  const limits = { text: settings.textLimit, attachments: settings.attachments };
  const own = { path: settings.page, params: { fields: 'id' } };
  const queries = (externalIds: readonly string[], fields: (comment: boolean) => string) =>
    new Map(
      externalIds.map((externalId) => {
        const params = { fields: fields(readId(externalId).comment !== null) };
        return [externalId, { path: nodeOf(externalId), params }];
      }),
    );
  return {
    code: 'facebook',
    name: 'Facebook',
    canRead,
    canReply,
    limits,
    pollEveryMs: ms(settings.pollEvery),
    sources: () => (canRead ? [pageSource(client, settings), taggedSource(client, settings)] : []),
    recognise: (url) => recognise(settings, url),
    addresses: ADDRESSES,
    lookUp: (externalIds, signal) =>
      lookUpEach(
        client,
        own,
        queries(externalIds, () => 'id,message'),
        textOf,
        signal,
      ),
    async find(externalIds, signal) {
      const fields = (comment: boolean) => (comment ? COMMENT_FIELDS : POST_FIELDS);
      const objects = await readObjects(client, own, queries(externalIds, fields), signal);
      return [...objects].flatMap(([externalId, object]) => {
        const { post, comment } = readId(externalId);
        if (object === null) return [];
        return readFound(settings, object, comment === null ? null : post) ?? [];
      });
    },
    async reply(externalId, answer, signal) {
      if (canReply) return reply(client, settings, externalId, answer, signal);
      const reason = 'Публикация в Facebook выключена в настройках.';
      return { state: 'needs-person', reason, sent: null, received: null };
    },
    findReply: (externalId, { text }, signal) =>
      findReply(client, settings, externalId, text, signal),
    tokenExpiresAt: (signal) => tokenExpiresAt(client, signal),
    webhook: facebookWebhook(settings, secrets),
    format: (answer) => findProblems(answer, limits),
    preview: (answer) => previewOf(answer, limits),
  };
}
