import { z } from 'zod';
import { recordAudit } from '../db/audit.ts';
import { changeRows } from '../db/change-rows.ts';
import type { Database } from '../db/data-source.ts';
import { UrgentReportEntity } from '../db/entities/urgent-report.ts';
import { rowBy } from '../db/row-by.ts';
import { instant } from '../engine/instant.ts';
import { handler, type Handler } from '../engine/worker.ts';
import { optionalText, readSubmission } from '../procedure/submission.ts';
import { regionSettings } from '../registry/queries.ts';

const urgentSubmission = z
  .object({
    decision: z.enum(['confirm', 'reject'], {
      error: 'Выберите решение: доложить Губернатору или доклад не требуется.',
    }),
    note: optionalText(4_000, 'Пояснение'),
  })
  .refine(({ decision, note }) => decision === 'confirm' || note !== null, {
    path: ['note'],
    error: 'Укажите в пояснении, почему доклад не требуется.',
  });

/** Whether the department head reports to the Governor (clause 15). */
export function recordUrgentDecision({ db }: { db: Database }): Handler {
  return handler(
    'record-urgent-decision',
    z.object({ urgentReportId: z.uuid(), urgentDecision: z.unknown(), at: instant }),
    async ({ urgentReportId, urgentDecision, at }) => {
      const { decision, note } = readSubmission(urgentSubmission, urgentDecision);
      await db.transaction(async (tx) => {
        await changeRows(
          tx,
          UrgentReportEntity,
          { id: urgentReportId, status: 'open' },
          {
            status: decision === 'confirm' ? 'confirmed' : 'rejected',
            decisionNote: note,
            decidedAt: at,
          },
        );
        const { messageId } = await rowBy(tx, UrgentReportEntity, { id: urgentReportId });
        const { departmentHead } = await regionSettings(tx);
        await recordAudit(tx, {
          key: `urgent:${urgentReportId}:decision`,
          at,
          messageId,
          subject: departmentHead,
          action:
            decision === 'confirm'
              ? 'подтверждён доклад Губернатору'
              : 'доклад Губернатору не требуется',
          details: { urgentReportId, note },
        });
      });
      return { urgentOutcome: decision, inputError: null };
    },
  );
}
