import { z } from 'zod';
import { recordAudit } from '../db/audit.ts';
import { changeRows } from '../db/change-rows.ts';
import type { Database } from '../db/data-source.ts';
import { MessageEntity } from '../db/entities/message.ts';
import { ReviewDecisionEntity } from '../db/entities/review-decision.ts';
import { settleRepeats } from '../db/repeats.ts';
import { instant } from '../engine/instant.ts';
import { handler, type Handler } from '../engine/worker.ts';

/** The curator closed the message without an answer; the remarks of that review say why. */
export function recordClosing({ db }: { db: Database }): Handler {
  return handler(
    'record-closing',
    z.object({ messageId: z.uuid(), at: instant }),
    async ({ messageId, at }, { sourceKey }) => {
      await db.transaction(async (tx) => {
        const review = await tx.findOne(ReviewDecisionEntity, {
          where: { messageId, decision: 'close' },
          order: { decidedAt: 'desc' },
        });
        const reason = review?.remarks ?? null;
        await changeRows(
          tx,
          MessageEntity,
          { id: messageId, finishedAt: null },
          { status: 'closed', finishedAt: at, ...(reason !== null && { reason }) },
        );
        await settleRepeats(tx, messageId);
        await recordAudit(tx, {
          key: `closing:${sourceKey}`,
          at,
          messageId,
          subject: 'куратор',
          action: 'закрыто без ответа',
          details: { reason },
        });
      });
    },
  );
}
