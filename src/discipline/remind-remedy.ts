import { z } from 'zod';
import { recordAudit } from '../db/audit.ts';
import { changedRows } from '../db/change-rows.ts';
import type { Database } from '../db/data-source.ts';
import { ShortcomingEntity } from '../db/entities/shortcoming.ts';
import { holdMessageOfShortcoming } from '../db/hold-message.ts';
import { instant } from '../engine/instant.ts';
import { handler, type Handler } from '../engine/worker.ts';
import { notifyOfficial } from '../notify/notify.ts';
import { localTime } from '../procedure/local-time.ts';
import { agencyOf, regionSettings } from '../registry/queries.ts';

/** Tells the deputy governor that the date set for the remedy has passed (clause 13). */
export function remindRemedy(deps: {
  db: Database;
  pageLink: (messageId: string) => string;
  shortcomingLink: (shortcomingId: string) => string;
}): Handler {
  const { db, pageLink, shortcomingLink } = deps;
  return handler(
    'remind-remedy',
    z.object({ shortcomingId: z.uuid(), at: instant }),
    async ({ shortcomingId, at }) => {
      await db.transaction(async (tx) => {
        await holdMessageOfShortcoming(tx, shortcomingId);
        const overdue = { id: shortcomingId, status: 'instructed' as const };
        const [found] = await changedRows(tx, ShortcomingEntity, overdue, { status: 'overdue' });
        // Remedied in the meantime, or told before.
        if (found === undefined) return;
        const agency = await agencyOf(tx, found.agencyCode);
        const { zone } = await regionSettings(tx);
        const due = found.remedyDueAt ? localTime(found.remedyDueAt, zone) : '';
        await notifyOfficial(tx, found.supervisor, {
          key: `shortcoming:${shortcomingId}:overdue`,
          subject: `Недостаток не устранён в срок: ${agency.shortName}`,
          body: [
            `Срок устранения недостатка истёк ${due}, сообщения об устранении нет.`,
            '',
            `Орган: ${agency.name}`,
            `Недостаток: ${found.description}`,
            `Поручение: ${found.decisionText ?? ''}`,
            `Недостаток в реестре: ${shortcomingLink(shortcomingId)}`,
            `История и доказательства: ${pageLink(found.messageId)}`,
          ].join('\n'),
        });
        await recordAudit(tx, {
          key: `shortcoming:${shortcomingId}:overdue`,
          at,
          messageId: found.messageId,
          subject: 'система',
          action: 'недостаток не устранён в срок',
          details: { shortcomingId, dueAt: found.remedyDueAt?.toISOString() ?? null },
        });
      });
    },
  );
}
