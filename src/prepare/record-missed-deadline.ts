import { z } from 'zod';
import type { Database } from '../db/data-source.ts';
import { DeadlineEntity } from '../db/entities/deadline.ts';
import { recordMissed } from '../db/missed-deadline.ts';
import { rowBy } from '../db/row-by.ts';
import { handler, type Handler } from '../engine/worker.ts';

/** Records that a deadline was missed, attributed to its agency and executor (clause 12). */
export function recordMissedDeadline({ db }: { db: Database }): Handler {
  return handler('record-missed-deadline', z.object({ deadlineId: z.uuid() }), ({ deadlineId }) =>
    db.transaction(async (tx) => {
      const clock = await rowBy(tx, DeadlineEntity, { id: deadlineId });
      return { missed: await recordMissed(tx, clock) };
    }),
  );
}
