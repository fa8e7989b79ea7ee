import { z } from 'zod';
import { copyFiles } from '../attachments/copy.ts';
import type { AttachmentStorage } from '../attachments/storage.ts';
import { recordAudit } from '../db/audit.ts';
import { changeRows } from '../db/change-rows.ts';
import type { Database } from '../db/data-source.ts';
import { MessageEntity } from '../db/entities/message.ts';
import { confirmStart } from '../db/starts.ts';
import { instant } from '../engine/instant.ts';
import { handler, type Handler } from '../engine/worker.ts';
import { originalAnswer } from './original-answer.ts';

/**
 * The work on a repeat's original has ended. Answered: the repeat is about the same and gets the same
 * answer with the same files (clause 8). Otherwise the curator looks at it again.
 */
export function takeOriginalAnswer(deps: { db: Database; storage: AttachmentStorage }): Handler {
  const { db } = deps;
  return handler(
    'take-original-answer',
    z.object({ messageId: z.uuid(), repeatKey: z.string(), at: instant }),
    async ({ messageId, repeatKey, at }, { sourceKey }) => {
      const originalId = repeatKey.split(':')[1] ?? '';
      const taken = await originalAnswer(db.manager, { duplicateOf: originalId });
      if (taken !== null) await copyFiles(deps, taken.answer.attachments, messageId);
      return db.transaction(async (tx) => {
        await confirmStart(tx, 'original-settled', repeatKey);
        const waiting = { id: messageId, duplicateOf: originalId, status: 'duplicate' as const };
        if (taken === null) {
          await changeRows(tx, MessageEntity, waiting, { status: 'triage', duplicateOf: null });
        } else {
          const { topic, subjectKind, municipality } = taken.original;
          await changeRows(tx, MessageEntity, waiting, {
            status: 'review',
            topic,
            subjectKind,
            municipality,
          });
        }
        await recordAudit(tx, {
          key: `original-settled:${sourceKey}`,
          at,
          messageId,
          subject: 'система',
          action:
            taken === null
              ? 'основное сообщение осталось без ответа: повтор возвращён куратору'
              : 'взят ответ основного сообщения',
          details: { duplicateOf: originalId, answerId: taken?.answer.id ?? null },
        });
        return {
          originalAnswered: taken !== null,
          ...(taken === null && AGAIN),
        };
      });
    },
  );
}

/** The form of triage is shown as if for the first time, and says why. */
const AGAIN = {
  repeatKey: null,
  triage: null,
  proposedRepeat: null,
  repeatOptions: [],
  likelyRepeats:
    '**Это сообщение было отмечено как повтор, но работа над основным закончилась без ответа.** ' +
    'Возьмите его в работу или решите иначе.',
};
