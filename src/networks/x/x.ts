import { Duration } from 'luxon';
import type { Network } from '../port.ts';
import { createXClient } from './client.ts';
import { find } from './find.ts';
import { findReply } from './find-reply.ts';
import { previewIn, problemsOf } from './format.ts';
import { asNowThere, lookUp } from './look-up.ts';
import type { XKeys } from './oauth.ts';
import { queriesFor } from './queries.ts';
import { recognise } from './recognise.ts';
import { reply } from './reply.ts';
import type { XSettings } from './settings.ts';
import { mentionSource, searchSource } from './sources.ts';

/** X, once Twitter: read and answered as our account. */
export function createX(settings: XSettings, keys: XKeys | null): Network {
  const client = createXClient(settings, keys);
  const { account, canRead, canReply } = settings;
  const limits = { text: settings.textLimit, attachments: settings.attachments };
  return {
    code: 'x',
    name: 'Twitter (X)',
    canRead,
    canReply,
    limits,
    threads: true,
    pollEveryMs: Duration.fromISO(settings.pollEvery).toMillis(),
    sources: (words) =>
      canRead
        ? [
            mentionSource(client, settings),
            ...queriesFor(words, account.name, settings.queryLimit).map((query) =>
              searchSource(client, settings, query),
            ),
          ]
        : [],
    recognise: (url) => recognise(settings, url),
    ...(canRead && {
      find: (externalIds: readonly string[], signal?: AbortSignal) =>
        find(client, settings, externalIds, signal),
    }),
    async lookUp(externalIds, signal) {
      const present = await lookUp(client, externalIds, signal);
      return new Map([...present].map(([id, each]) => [id, asNowThere(each)]));
    },
    async reply(externalId, answer, signal) {
      if (canReply) return reply(client, settings, externalId, answer, signal);
      const reason = 'Публикация в X выключена в настройках.';
      return { state: 'needs-person', reason, sent: null, received: null };
    },
    findReply: (externalId, answer, signal) =>
      findReply(client, settings, externalId, answer, signal),
    format: (answer) => problemsOf(answer, limits),
    preview: (answer) => previewIn(answer, limits),
  };
}
