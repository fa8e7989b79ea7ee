import { Duration } from 'luxon';
import { findProblems, previewOf } from '../format.ts';
import { createIsGone } from '../is-gone.ts';
import type { Network } from '../port.ts';
import type { Secrets } from '../secrets.ts';
import type { VkSettings } from '../settings.ts';
import { vkCallback } from './callback.ts';
import { createVkClient } from './client.ts';
import { find } from './find.ts';
import { findReply } from './find-reply.ts';
import { lookUp } from './look-up.ts';
import { pageSource } from './page.ts';
import { recognise } from './recognise.ts';
import { reply } from './reply.ts';
import { searchSource } from './search.ts';

/** VKontakte: read with the user's token, answered with the community's. */
export function createVk(settings: VkSettings, secrets: Secrets): Network {
  const client = createVkClient(settings, secrets);
  const isGone = createIsGone((externalIds) => lookUp(client, externalIds));
  const { canRead, canReply } = settings;
  const limits = { text: settings.textLimit, attachments: settings.attachments };
  return {
    code: 'vk',
    name: 'ВКонтакте',
    canRead,
    canReply,
    limits,
    pollEveryMs: Duration.fromISO(settings.pollEvery).toMillis(),
    sources: (words) =>
      canRead
        ? [
            ...settings.ownPages.map((group) => pageSource(client, settings, group)),
            ...words.map((word) => searchSource(client, settings, word)),
          ]
        : [],
    recognise: (url) => recognise(settings.permalinkBase, url),
    ...(canRead && {
      find: (externalIds: readonly string[], signal?: AbortSignal) =>
        find(client, settings, externalIds, signal),
    }),
    lookUp: (externalIds, signal) => lookUp(client, externalIds, signal),
    async reply(externalId, answer, signal) {
      if (canReply) return reply(client, settings, isGone, externalId, answer, signal);
      const reason = 'Публикация во ВКонтакте выключена в настройках.';
      return { state: 'needs-person', reason, sent: null, received: null };
    },
    findReply: (externalId, { text }, signal) =>
      findReply(client, settings, externalId, text, signal),
    webhook: vkCallback(settings, secrets),
    format: (answer) => findProblems(answer, limits),
    preview: (answer) => previewOf(answer, limits),
  };
}
