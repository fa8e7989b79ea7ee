import { z } from 'zod';
import { recordAudit } from '../db/audit.ts';
import { changeRows } from '../db/change-rows.ts';
import type { Database } from '../db/data-source.ts';
import { MessageEntity } from '../db/entities/message.ts';
import { PublicationEntity } from '../db/entities/publication.ts';
import { settleRepeats } from '../db/repeats.ts';
import { stopReviewClock } from '../db/review-clock.ts';
import { instant } from '../engine/instant.ts';
import { handler, type Handler } from '../engine/worker.ts';
import { optionalText, readSubmission } from '../procedure/submission.ts';

const goneDecision = z.object({
  decision: z.enum(['manual', 'close'], {
    error: 'Выберите решение: разместить ответ вручную или закрыть сообщение.',
  }),
  note: optionalText(2_000, 'Пояснение'),
});

/** What the curator decided on an answer whose original is gone, as the network or the curator saw. */
export function recordGone({ db }: { db: Database }): Handler {
  return handler(
    'record-gone',
    z.object({ messageId: z.uuid(), answerId: z.uuid(), goneDecision: z.unknown(), at: instant }),
    async ({ messageId, answerId, goneDecision: submitted, at }, { sourceKey }) => {
      const { decision, note } = readSubmission(goneDecision, submitted);
      await db.transaction(async (tx) => {
        if (decision === 'close') {
          await changeRows(
            tx,
            MessageEntity,
            { id: messageId, finishedAt: null },
            { status: 'closed', finishedAt: at, reason: note ?? 'Исходное сообщение удалено.' },
          );
          // Waiting for a person, it waits for nobody any more.
          await changeRows(
            tx,
            PublicationEntity,
            { answerId, status: 'needs-person' },
            { status: 'gone' },
          );
          await settleRepeats(tx, messageId);
          await stopReviewClock(tx, messageId, at);
        }
        await recordAudit(tx, {
          key: `gone:${sourceKey}`,
          at,
          messageId,
          subject: 'куратор',
          action:
            decision === 'close'
              ? 'закрыто: исходное сообщение удалено'
              : 'исходное сообщение удалено, ответ будет размещён вручную',
          details: { answerId, note },
        });
      });
      return {
        goneDecision: decision,
        inputError: null,
        ...(decision === 'close' && { reviewOutcome: 'close' }),
      };
    },
  );
}
