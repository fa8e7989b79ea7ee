import { z } from 'zod';
import { filesByIds } from '../attachments/list.ts';
import type { AttachmentStorage } from '../attachments/storage.ts';
import { changeRows } from '../db/change-rows.ts';
import type { Database, Tx } from '../db/data-source.ts';
import { AnswerEntity } from '../db/entities/answer.ts';
import {
  PublicationEntity,
  type Publication,
  type PublishedAttachment,
} from '../db/entities/publication.ts';
import { rowBy } from '../db/row-by.ts';
import { together } from '../db/together.ts';
import type { Last } from '../db/transaction.ts';
import { handler, type Handler } from '../engine/worker.ts';
import { TryLater } from '../errors.ts';
import { NetworkError } from '../networks/network-error.ts';
import {
  CredentialsRefused,
  type Answer,
  type Network,
  type PublicationOutcome,
} from '../networks/port.ts';
import type { Networks } from '../networks/registry.ts';
import { repeatNeedsCurator } from '../notify/repeat-needs-curator.ts';
import { networksWithoutReplies } from '../networks/switches.ts';
import { asksPerson, refusal } from './failures.ts';
import { recordOutcome } from './record-outcome.ts';
import { reserve } from './reserve.ts';

/** This try sent and received nothing. */
const NOTHING = { sent: undefined, received: undefined };

/** For the text and all its files. */
const LONGEST_MS = 15 * 60_000;

/**
 * Publishes the answer under the original (clause 8). Reserved before the network is called; whatever
 * an earlier run left unsettled is read back first, so it is published once however often it runs.
 * Errors: `content-refused` (inputError), `needs-person` and `original-gone` (manualReason).
 */
export function publishAnswer(deps: {
  db: Database;
  networks: Networks;
  storage: AttachmentStorage;
}): Handler {
  const { db, networks, storage } = deps;
  const step = together(db);
  return handler(
    'publish-answer',
    z.object({ messageId: z.uuid(), answerId: z.uuid() }),
    async ({ messageId, answerId }, { signal }) => {
      const { message, publication, fresh, answer, switchedOn, files } = await step(
        messageId,
        (tx, last) => prepare(tx, last, messageId, answerId),
      );
      const publicationId = publication.id;
      if (publication.status === 'published') return { publicationId };
      // A person was asked: publishing now could double what that person publishes.
      if (isAPersons(publication.status)) {
        throw asksPerson(publication.status, publication.reason ?? '', message.url);
      }

      const network = networks.find(message.network);
      const outcome =
        network?.canReply && switchedOn
          ? await publish(
              network,
              message.externalId,
              {
                text: answer.text,
                guid: publication.guid,
                asThread: answer.asThread,
                attachments: files.map((file) => ({ ...file, open: () => storage.open(file.id) })),
              },
              fresh,
              AbortSignal.any([signal, AbortSignal.timeout(LONGEST_MS)]),
            )
          : switchedOff(network);
      await recordOutcome(db, publication, outcome);
      if (outcome.state === 'needs-person' || outcome.state === 'gone') {
        await repeatNeedsCurator(db.manager, message, { answerId, reason: outcome.reason });
      }

      switch (outcome.state) {
        case 'published':
          return { publicationId };
        case 'refused':
          throw refusal(outcome.reason);
        case 'needs-person':
        case 'gone':
          throw asksPerson(outcome.state, outcome.reason, message.url);
        case 'unknown':
          throw new TryLater(outcome.reason);
        case 'try-later':
          throw new TryLater(outcome.reason, outcome.afterMs);
      }
    },
  );
}

const isAPersons = (status: Publication['status']): status is 'needs-person' | 'gone' =>
  status === 'needs-person' || status === 'gone';

/** Reserves the publication and reads what is to be published. */
async function prepare(tx: Tx, last: Last, messageId: string, answerId: string) {
  const [reservation, answer, silent] = await Promise.all([
    reserve(tx, last, messageId, answerId),
    rowBy(tx, AnswerEntity, { id: answerId }),
    networksWithoutReplies(tx),
  ]);
  const { message, publication } = reservation;
  const settled = publication.status === 'published' || isAPersons(publication.status);
  const files = settled ? [] : await keepFiles(tx, publication.id, answer.attachments);
  return { ...reservation, answer, switchedOn: !silent.includes(message.network), files };
}

/** Notes what goes with the text before it goes: an unknown outcome has the same files. */
async function keepFiles(
  tx: Tx,
  id: string,
  files: readonly string[],
): Promise<PublishedAttachment[]> {
  const attachments = (await filesByIds(tx, files)).map(
    ({ id: file, name, mediaType, size, sha256 }) => ({ id: file, name, mediaType, size, sha256 }),
  );
  if (attachments.length > 0) await changeRows(tx, PublicationEntity, { id }, { attachments });
  return attachments;
}

async function publish(
  network: Network,
  externalId: string,
  answer: Answer,
  fresh: boolean,
  signal: AbortSignal,
): Promise<PublicationOutcome> {
  if (!fresh) {
    try {
      const found = await network.findReply(externalId, answer, signal);
      if (found) return { state: 'published', ...found, sent: undefined };
    } catch (error) {
      const why = unseen(error);
      if (why === null) throw error;
      const reason = `${why} Ответ, возможно, уже размещён: сначала проверьте ветку.`;
      return { state: 'needs-person', reason, ...NOTHING };
    }
  }
  return network.reply(externalId, answer, signal);
}

/** Why the network does not let us read back, in Russian; null: it is no refusal of the network. */
function unseen(error: unknown): string | null {
  if (error instanceof CredentialsRefused) return 'Сеть не принимает ключ доступа.';
  return error instanceof NetworkError ? `Сеть не показала ветку: ${error.reason}.` : null;
}

const switchedOff = (network: Network | undefined): PublicationOutcome => ({
  state: 'needs-person',
  reason: network
    ? `Размещение ответов в сети «${network.name}» отключено администратором или в настройках.`
    : 'Эта сеть отключена в настройках.',
  ...NOTHING,
});
