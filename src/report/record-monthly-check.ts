import { z } from 'zod';
import { recordAudit } from '../db/audit.ts';
import type { Database } from '../db/data-source.ts';
import { MonthlyReportEntity } from '../db/entities/monthly-report.ts';
import { instant } from '../engine/instant.ts';
import { handler, type Handler } from '../engine/worker.ts';
import { optionalText, readSubmission } from '../procedure/submission.ts';
import { month as monthSchema } from './month.ts';

const checkSubmission = z.object({
  decision: z.enum(['approve', 'recompile'], {
    error: 'Выберите решение: данные верны или сформировать заново.',
  }),
  remarks: optionalText(4_000, 'Замечания'),
});

/** Whether the curator vouches for the month's figures (clause 14). */
export function recordMonthlyCheck({ db }: { db: Database }): Handler {
  return handler(
    'record-monthly-check',
    z.object({ month: monthSchema, check: z.unknown(), at: instant }),
    async ({ month, check, at }, { sourceKey }) => {
      const { decision, remarks } = readSubmission(checkSubmission, check);
      await db.transaction(async (tx) => {
        await tx.update(
          MonthlyReportEntity,
          { month, status: 'compiled' },
          { remarks, ...(decision === 'approve' && { status: 'approved', approvedAt: at }) },
        );
        await recordAudit(tx, {
          key: `monthly:${month}:check:${sourceKey}`,
          at,
          messageId: null,
          subject: 'куратор',
          action:
            decision === 'approve'
              ? 'утверждены сводные данные за месяц'
              : 'сводные данные за месяц формируются заново',
          details: { month, remarks },
        });
      });
      return { monthlyDecision: decision, inputError: null };
    },
  );
}
