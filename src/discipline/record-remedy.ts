import { z } from 'zod';
import { recordAudit } from '../db/audit.ts';
import { changeRows } from '../db/change-rows.ts';
import type { Database } from '../db/data-source.ts';
import { ShortcomingEntity } from '../db/entities/shortcoming.ts';
import { holdMessageOfShortcoming } from '../db/hold-message.ts';
import { rowBy } from '../db/row-by.ts';
import { SHORTCOMING_WITHDRAWN } from '../db/shortcomings.ts';
import { confirmStart } from '../db/starts.ts';
import { instant } from '../engine/instant.ts';
import { handler, type Handler } from '../engine/worker.ts';
import { readSubmission, requiredText } from '../procedure/submission.ts';

const remedySubmission = z.object({
  text: requiredText(4_000, 'Опишите, что сделано для устранения недостатка.'),
});

/** The agency says what it did about its shortcoming, which closes it (clause 13). */
export function recordRemedy({ db }: { db: Database }): Handler {
  return handler(
    'record-remedy',
    z.object({ shortcomingId: z.uuid(), remedy: z.unknown(), at: instant }),
    async ({ shortcomingId, remedy, at }) => {
      const { text } = readSubmission(remedySubmission, remedy);
      await db.transaction(async (tx) => {
        await holdMessageOfShortcoming(tx, shortcomingId);
        await confirmStart(tx, SHORTCOMING_WITHDRAWN, shortcomingId);
        await changeRows(
          tx,
          ShortcomingEntity,
          { id: shortcomingId, closedAt: null },
          { status: 'remedied', remedyText: text, closedAt: at },
        );
        const { messageId, agencyCode, executor, withdrawnAt } = await rowBy(
          tx,
          ShortcomingEntity,
          {
            id: shortcomingId,
          },
        );
        if (withdrawnAt !== null) return;
        await recordAudit(tx, {
          key: `shortcoming:${shortcomingId}:remedied`,
          at,
          messageId,
          subject: executor ?? agencyCode,
          action: 'недостаток устранён',
          details: { shortcomingId, text },
        });
      });
      return { inputError: null };
    },
  );
}
