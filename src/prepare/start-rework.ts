import { z } from 'zod';
import { filesOfAssignment } from '../attachments/list.ts';
import type { AttachmentLinks } from '../attachments/links.ts';
import { filesText } from '../attachments/text.ts';
import { recordAudit } from '../db/audit.ts';
import { openClock } from '../db/clocks.ts';
import type { Database, Tx } from '../db/data-source.ts';
import { DraftEntity } from '../db/entities/draft.ts';
import { ReviewDecisionEntity } from '../db/entities/review-decision.ts';
import { instant } from '../engine/instant.ts';
import { handler, type Handler } from '../engine/worker.ts';
import { channelOf, notify } from '../notify/notify.ts';
import { excerpt } from '../procedure/excerpt.ts';
import { localTime } from '../procedure/local-time.ts';
import type { Calendars } from '../registry/calendars.ts';
import { regionSettings } from '../registry/queries.ts';
import { factsOf } from './assignment-facts.ts';

/** Sends a part back to its executor with an hour of working time (clause 9); rounds are counted. */
export function startRework(deps: {
  db: Database;
  calendars: Calendars;
  pageLink: (messageId: string) => string;
  attachmentLink: AttachmentLinks['link'];
}): Handler {
  const { db, calendars, pageLink, attachmentLink } = deps;
  return handler(
    'start-rework',
    z.object({ messageId: z.uuid(), assignmentId: z.uuid(), at: instant }),
    async ({ messageId, assignmentId, at }, { sourceKey }) =>
      db.transaction(async (tx) => {
        const { assignment, agency, message } = await factsOf(tx, assignmentId);
        const { zone, limits, warnings } = await regionSettings(tx);
        const clock = await openClock(tx, calendars.of(agency.hours), {
          sourceKey,
          kind: 'rework',
          messageId,
          assignmentId,
          agencyCode: agency.code,
          executor: assignment.executor,
          startedAt: at,
          limit: limits.rework,
          warning: warnings.rework,
        });
        await countRound(tx, assignmentId);
        const remarks = await remarksOn(tx, messageId);
        const due = localTime(clock.dueAt, zone);
        await notify(tx, channelOf(agency), {
          key: `rework:${clock.id}`,
          subject: `На доработку: проект ответа до ${due}`,
          body: [
            `${agency.name}: куратор вернул проект ответа на доработку.`,
            '',
            `Замечания: ${remarks}`,
            `Направить повторно до: ${due} (п. 9 Порядка)`,
            '',
            `Сообщение: ${message.url}`,
            `История сообщения: ${pageLink(messageId)}`,
          ].join('\n'),
          payload: { assignmentId, messageUrl: message.url, dueAt: clock.dueAt.toISOString() },
        });
        await recordAudit(tx, {
          key: `rework:${clock.id}`,
          at,
          messageId,
          subject: agency.code,
          action: `доработка, срок до ${due}`,
        });
        return {
          rework: {
            deadlineId: clock.id,
            warnAt: (clock.warnAt ?? clock.dueAt).toISOString(),
            dueAt: clock.dueAt.toISOString(),
            dueText: due + (clock.provisional ? ' (предварительно)' : ''),
            executor: assignment.executor,
            agencyName: agency.name,
            remarksText: `**Замечания куратора:**\n\n${excerpt(remarks, 4_000)}`,
            previousText: await latestText(tx, assignmentId),
            attachmentsText: filesText(await filesOfAssignment(tx, assignmentId)),
            attachmentsLink: attachmentLink('executor', assignmentId, at),
          },
        };
      }),
  );
}

/** Counted from the clocks, so that a repeated job counts nothing twice. */
const countRound = (tx: Tx, assignmentId: string) =>
  tx.query(
    `update assignment set rework_rounds =
       (select count(*) from deadline where assignment_id = $1 and kind = 'rework') where id = $1`,
    [assignmentId],
  );

async function remarksOn(tx: Tx, messageId: string): Promise<string> {
  const review = await tx.findOneOrFail(ReviewDecisionEntity, {
    where: { messageId, decision: 'rework' },
    order: { decidedAt: 'DESC' },
  });
  return review.remarks ?? '';
}

async function latestText(tx: Tx, assignmentId: string): Promise<string> {
  const draft = await tx.findOneOrFail(DraftEntity, {
    where: { assignmentId },
    order: { version: 'DESC' },
  });
  return draft.text;
}
