import { z } from 'zod';
import { recordAudit } from '../db/audit.ts';
import { changeRows } from '../db/change-rows.ts';
import { settleRepeats } from '../db/repeats.ts';
import { stopReviewClock } from '../db/review-clock.ts';
import type { Database } from '../db/data-source.ts';
import { MessageEntity } from '../db/entities/message.ts';
import { PublicationEntity } from '../db/entities/publication.ts';
import { rowBy } from '../db/row-by.ts';
import { together } from '../db/together.ts';
import { instant } from '../engine/instant.ts';
import { handler, type Handler } from '../engine/worker.ts';

/** The answer stands in the network: the message is answered and the review clock stops (clause 8). */
export function recordPublication({ db }: { db: Database }): Handler {
  const step = together(db);
  return handler(
    'record-publication',
    z.object({ messageId: z.uuid(), at: instant }),
    async ({ messageId, at }) => {
      await step(messageId, async (tx) => {
        const { id, permalink } = await rowBy(tx, PublicationEntity, {
          messageId,
          status: 'published',
        });
        await Promise.all([
          changeRows(tx, PublicationEntity, { id, publishedAt: null }, { publishedAt: at }),
          changeRows(
            tx,
            MessageEntity,
            { id: messageId, finishedAt: null },
            { status: 'answered', finishedAt: at },
          ),
          stopReviewClock(tx, messageId, at),
          recordAudit(tx, {
            key: `publication:${id}:recorded`,
            at,
            messageId,
            subject: 'система',
            action: 'ответ опубликован',
            details: { permalink },
          }),
          settleRepeats(tx, messageId),
        ]);
      });
      return { reviewOutcome: 'published' };
    },
  );
}
