import { z } from 'zod';
import { recordAudit } from '../db/audit.ts';
import type { Database } from '../db/data-source.ts';
import { DeadlineEntity } from '../db/entities/deadline.ts';
import { rowBy } from '../db/row-by.ts';
import { handler, type Handler } from '../engine/worker.ts';

/** The 30 minutes of clause 5 are over: the history says so, a later return is recorded as late. */
export function closeReturnWindow({ db }: { db: Database }): Handler {
  return handler('close-return-window', z.object({ deadlineId: z.uuid() }), async (job) => {
    await db.transaction(async (tx) => {
      const clock = await rowBy(tx, DeadlineEntity, { id: job.deadlineId });
      await recordAudit(tx, {
        key: `return-window:${clock.id}`,
        at: clock.dueAt,
        messageId: clock.messageId,
        subject: clock.agencyCode,
        action: 'срок возврата истёк (п. 5)',
      });
    });
  });
}
