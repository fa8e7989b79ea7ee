import { z } from 'zod';
import type { Database } from '../db/data-source.ts';
import { instant } from '../engine/instant.ts';
import { handler, type Handler } from '../engine/worker.ts';
import { notifyOfficial } from '../notify/notify.ts';
import { spokenDuration } from '../procedure/local-time.ts';
import type { UrgentLinks } from './about.ts';
import { mailBody, urgentFacts } from './urgent-facts.ts';

/** Reminds the department head of a report that is not confirmed yet; each reminder once (clause 15). */
export function remindDepartmentHead(deps: { db: Database } & UrgentLinks): Handler {
  const { db } = deps;
  return handler(
    'remind-department-head',
    z.object({ urgentReportId: z.uuid(), at: instant }),
    async ({ urgentReportId, at }, { sourceKey }) => {
      await db.transaction(async (tx) => {
        const urgent = await urgentFacts(tx, urgentReportId, deps);
        const { report, about, settings } = urgent;
        if (report.status !== 'open') return;
        const waited = at.getTime() - report.openedAt.getTime();
        await notifyOfficial(tx, settings.departmentHead, {
          key: `urgent:${urgentReportId}:reminder:${sourceKey}`,
          subject: 'Напоминание: доклад Губернатору ещё не отправлен',
          body: [
            `Доклад ${about.of} ждёт решения ${spokenDuration(waited)} (п. 15 Порядка).`,
            'Подтвердите его в задаче «Доложить Губернатору».',
            '',
            ...mailBody(urgent),
          ].join('\n'),
        });
      });
    },
  );
}
