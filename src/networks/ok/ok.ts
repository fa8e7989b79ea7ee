import { findProblems, previewOf } from '../format.ts';
import { createIsGone } from '../is-gone.ts';
import type { Network } from '../port.ts';
import type { Secrets } from '../secrets.ts';
import { createOkClient } from './client.ts';
import { discussionsSource } from './discussions.ts';
import { find } from './find.ts';
import { findReply } from './find-reply.ts';
import { lookUp } from './look-up.ts';
import { recognise, resolve } from './recognise.ts';
import { OK, reply } from './reply.ts';
import type { OkSettings } from './settings.ts';
import type { OkKeys } from './signature.ts';
import { tagSource } from './tag-search.ts';
import { millis } from './time.ts';

/**
 * Odnoklassniki: read and answered with the token of a user who belongs to the groups we follow and
 * administers ours. Without its keys it is not read, and answers are left to a person.
 */
export function createOk(settings: OkSettings, secrets: Secrets): Network {
  const keys = keysOf(secrets);
  const client = createOkClient(settings, keys);
  const isGone = createIsGone((externalIds) => lookUp(client, externalIds));
  const limits = { text: settings.textLimit, attachments: settings.attachments };
  const canRead = settings.canRead && typeof keys !== 'string';
  return {
    ...OK,
    canRead,
    canReply: settings.canReply,
    limits,
    pollEveryMs: millis(settings.pollEvery),
    sources: (words) =>
      canRead
        ? [
            discussionsSource(client, settings),
            ...words.map((word) => tagSource(client, settings, word)),
          ]
        : [],
    recognise: (url) => recognise(settings, url),
    ...(canRead && {
      resolve: (url: URL, signal?: AbortSignal) => resolve(client, settings, url, signal),
      find: (externalIds: readonly string[], signal?: AbortSignal) =>
        find(client, settings, externalIds, signal),
    }),
    lookUp: (externalIds, signal) => lookUp(client, externalIds, signal),
    async reply(externalId, answer, signal) {
      if (settings.canReply) return reply(client, settings, isGone, externalId, answer, signal);
      const reason = 'Публикация в Одноклассниках выключена в настройках.';
      return { state: 'needs-person', reason, sent: null, received: null };
    },
    findReply: (externalId, { text }, signal) =>
      findReply(client, settings, externalId, text, signal),
    format: (answer) => findProblems(answer, limits),
    preview: (answer) => previewOf(answer, limits),
  };
}

/** The keys, or a message that names the variables which are not set. */
function keysOf(secrets: Secrets): OkKeys | string {
  const { okApplicationKey, okApplicationSecret, okAccessToken } = secrets;
  if (okApplicationKey && okApplicationSecret && okAccessToken) {
    return {
      applicationKey: okApplicationKey,
      applicationSecret: okApplicationSecret,
      accessToken: okAccessToken,
    };
  }
  const needed = {
    OTKLIK_OK_APPLICATION_KEY: okApplicationKey,
    OTKLIK_OK_APPLICATION_SECRET: okApplicationSecret,
    OTKLIK_OK_ACCESS_TOKEN: okAccessToken,
  };
  const missing = Object.entries(needed).flatMap(([name, value]) => (value ? [] : [name]));
  return `OK: not set: ${missing.join(', ')}`;
}
