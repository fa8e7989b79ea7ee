import { z } from 'zod';
import type { Database } from '../db/data-source.ts';
import { confirmStart } from '../db/starts.ts';
import { instant } from '../engine/instant.ts';
import { handler, type Handler } from '../engine/worker.ts';
import { notifyOfficial } from '../notify/notify.ts';
import { escapeMarkdown } from '../procedure/markdown.ts';
import type { About, UrgentLinks } from './about.ts';
import { mailBody, urgentFacts } from './urgent-facts.ts';

/** Puts what is acutely significant before the department head at once (clause 15). */
export function prepareUrgentReport(deps: { db: Database } & UrgentLinks): Handler {
  const { db } = deps;
  return handler(
    'prepare-urgent-report',
    z.object({ urgentReportId: z.uuid(), at: instant }),
    async ({ urgentReportId }) =>
      db.transaction(async (tx) => {
        await confirmStart(tx, 'urgent-found', urgentReportId);
        const urgent = await urgentFacts(tx, urgentReportId, deps);
        const { about, settings } = urgent;
        await notifyOfficial(tx, settings.departmentHead, {
          key: `urgent:${urgentReportId}:head`,
          subject: `Срочно: ${about.found}, нужен доклад Губернатору`,
          body: [
            `Выявлено: ${about.found}. О нём незамедлительно докладывают Губернатору (п. 15 Порядка).`,
            'Подтвердите доклад в задаче «Доложить Губернатору».',
            '',
            ...mailBody(urgent),
          ].join('\n'),
          attachments: await about.attachments(),
        });
        return {
          urgent: {
            id: urgentReportId,
            messageId: about.messageId,
            departmentHead: settings.departmentHead,
          },
          urgentText: urgentText(about),
          urgentReminder: settings.reminders.urgent,
        };
      }),
  );
}

const urgentText = ({ facts, card }: About): string =>
  [
    ...facts.map(([label, value]) => `**${label}:** ${escapeMarkdown(value.slice(0, 600))}`),
    ...card,
  ].join('\n\n');
