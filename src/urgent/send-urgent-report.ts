import { z } from 'zod';
import { recordAudit } from '../db/audit.ts';
import { changeRows } from '../db/change-rows.ts';
import type { Database } from '../db/data-source.ts';
import { UrgentReportEntity } from '../db/entities/urgent-report.ts';
import { instant } from '../engine/instant.ts';
import { handler, type Handler } from '../engine/worker.ts';
import { notifyOfficial } from '../notify/notify.ts';
import type { UrgentLinks } from './about.ts';
import { mailBody, urgentFacts } from './urgent-facts.ts';

/** Reports to the Governor, once (clause 15). */
export function sendUrgentReport(deps: { db: Database } & UrgentLinks): Handler {
  const { db } = deps;
  return handler(
    'send-urgent-report',
    z.object({ urgentReportId: z.uuid(), at: instant }),
    async ({ urgentReportId, at }) => {
      await db.transaction(async (tx) => {
        const urgent = await urgentFacts(tx, urgentReportId, deps);
        const { report, about, settings } = urgent;
        const note = report.decisionNote
          ? [`Пояснение руководителя Департамента: ${report.decisionNote}`]
          : [];
        await notifyOfficial(tx, settings.governor, {
          key: `urgent:${urgentReportId}:governor`,
          subject: about.subject,
          body: [
            'Руководитель Департамента докладывает в соответствии с пунктом 15 Порядка.',
            ...note,
            '',
            ...mailBody(urgent),
          ].join('\n'),
          attachments: await about.attachments(),
        });
        await changeRows(
          tx,
          UrgentReportEntity,
          { id: urgentReportId, status: 'confirmed' },
          { status: 'sent', sentAt: at },
        );
        await recordAudit(tx, {
          key: `urgent:${urgentReportId}:sent`,
          at,
          messageId: about.messageId,
          subject: settings.departmentHead,
          action: 'направлен доклад Губернатору',
          details: { urgentReportId },
        });
      });
    },
  );
}
