import { z } from 'zod';
import { recordAudit } from '../db/audit.ts';
import type { Database } from '../db/data-source.ts';
import { ShortcomingEntity } from '../db/entities/shortcoming.ts';
import { rowBy } from '../db/row-by.ts';
import { SHORTCOMING_WITHDRAWN } from '../db/shortcomings.ts';
import { confirmStart } from '../db/starts.ts';
import { instant } from '../engine/instant.ts';
import { handler, type Handler } from '../engine/worker.ts';

/** The process of a withdrawn shortcoming has ended: its tasks are gone, it need not be told again. */
export function confirmShortcomingWithdrawal({ db }: { db: Database }): Handler {
  return handler(
    'confirm-shortcoming-withdrawal',
    z.object({ shortcomingId: z.uuid(), at: instant }),
    async ({ shortcomingId, at }) => {
      await db.transaction(async (tx) => {
        await confirmStart(tx, SHORTCOMING_WITHDRAWN, shortcomingId);
        const { messageId } = await rowBy(tx, ShortcomingEntity, { id: shortcomingId });
        await recordAudit(tx, {
          key: `shortcoming:${shortcomingId}:ended`,
          at,
          messageId,
          subject: 'система',
          action: 'рассмотрение снятого недостатка прекращено',
          details: { shortcomingId },
        });
      });
    },
  );
}
