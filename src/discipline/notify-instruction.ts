import { z } from 'zod';
import type { Database } from '../db/data-source.ts';
import { ShortcomingEntity } from '../db/entities/shortcoming.ts';
import { rowBy } from '../db/row-by.ts';
import { handler, type Handler } from '../engine/worker.ts';
import { channelOf, notify } from '../notify/notify.ts';
import { localTime } from '../procedure/local-time.ts';
import { agencyOf, regionSettings } from '../registry/queries.ts';

/** Hands the deputy governor's instruction to the agency through its channel (clauses 4, 13). */
export function notifyInstruction(deps: {
  db: Database;
  pageLink: (messageId: string) => string;
  shortcomingLink: (shortcomingId: string) => string;
}): Handler {
  const { db, pageLink, shortcomingLink } = deps;
  return handler(
    'notify-instruction',
    z.object({ shortcomingId: z.uuid() }),
    async ({ shortcomingId }) => {
      await db.transaction(async (tx) => {
        const found = await rowBy(tx, ShortcomingEntity, { id: shortcomingId });
        const agency = await agencyOf(tx, found.agencyCode);
        const { zone } = await regionSettings(tx);
        const due = found.remedyDueAt ? localTime(found.remedyDueAt, zone) : 'не указан';
        await notify(tx, channelOf(agency), {
          key: `shortcoming:${shortcomingId}:instruction`,
          subject: `Поручение об устранении недостатка, срок ${due}`,
          body: [
            'Заместитель Губернатора поручил устранить недостаток (п. 13 Порядка).',
            '',
            `Недостаток: ${found.description}`,
            `Поручение: ${found.decisionText ?? ''}`,
            `Срок устранения: ${due}`,
            `Недостаток в реестре: ${shortcomingLink(shortcomingId)}`,
            `История и доказательства: ${pageLink(found.messageId)}`,
            '',
            'Об устранении сообщите в задаче «Устранить недостаток».',
          ].join('\n'),
        });
      });
    },
  );
}
