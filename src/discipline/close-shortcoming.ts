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

/** Closes a shortcoming that was answered with a measure or turned out unfounded (clause 13). */
export function closeShortcoming({ db }: { db: Database }): Handler {
  return handler(
    'close-shortcoming',
    z.object({ shortcomingId: z.uuid(), at: instant }),
    async ({ shortcomingId, at }) => {
      await db.transaction(async (tx) => {
        await holdMessageOfShortcoming(tx, shortcomingId);
        await confirmStart(tx, SHORTCOMING_WITHDRAWN, shortcomingId);
        const { decision, messageId, withdrawnAt } = await rowBy(tx, ShortcomingEntity, {
          id: shortcomingId,
        });
        if (withdrawnAt !== null) return;
        if (decision !== 'measure' && decision !== 'unfounded') {
          throw new Error(`shortcoming ${shortcomingId} closes without a decision that closes it`);
        }
        await changeRows(
          tx,
          ShortcomingEntity,
          { id: shortcomingId, closedAt: null },
          { status: decision, closedAt: at },
        );
        await recordAudit(tx, {
          key: `shortcoming:${shortcomingId}:closed`,
          at,
          messageId,
          subject: 'система',
          action: 'рассмотрение недостатка завершено',
          details: { shortcomingId, decision },
        });
      });
    },
  );
}
