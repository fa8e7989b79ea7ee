import { z } from 'zod';
import type { Database } from '../db/data-source.ts';
import { openMiss } from '../db/missed-deadline.ts';
import { instant } from '../engine/instant.ts';
import { handler, type Handler } from '../engine/worker.ts';

/** A missed deadline is a shortcoming of its agency and executor, one for each miss (clause 12). */
export function openShortcoming({ db }: { db: Database }): Handler {
  return handler(
    'open-shortcoming',
    z.object({ deadlineId: z.uuid(), at: instant }),
    ({ deadlineId, at }) => db.transaction((tx) => openMiss(tx, deadlineId, at)),
  );
}
