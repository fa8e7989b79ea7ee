import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Database } from '../db/data-source.ts';
import { MessageEntity } from '../db/entities/message.ts';
import { UrgentReportEntity } from '../db/entities/urgent-report.ts';
import { insertOnce } from '../db/once.ts';
import { rowBy } from '../db/row-by.ts';
import { queueStart } from '../db/starts.ts';
import { instant } from '../engine/instant.ts';
import { handler, type Handler } from '../engine/worker.ts';

/**
 * Opens a report to the Governor on what the curator marked as acutely significant, one for a message
 * however often it is triaged (clause 15).
 */
export function openUrgentReport({ db }: { db: Database }): Handler {
  return handler(
    'open-urgent-report',
    z.object({ messageId: z.uuid(), at: instant, urgentGrounds: z.string().nullish() }),
    async ({ messageId, at, urgentGrounds }) => {
      await db.transaction(async (tx) => {
        const { note } = await rowBy(tx, MessageEntity, { id: messageId });
        const grounds = urgentGrounds ?? note ?? 'отмечено куратором как остро значимое';
        const { row } = await insertOnce(
          tx,
          UrgentReportEntity,
          { id: randomUUID(), sourceKey: `triage:${messageId}`, messageId, grounds, openedAt: at },
          ['sourceKey'],
        );
        await queueStart(tx, 'urgent-found', row.id, { urgentReportId: row.id });
      });
    },
  );
}
