import { z } from 'zod';
import type { AttachmentLinks } from '../attachments/links.ts';
import { changeRows } from '../db/change-rows.ts';
import { openClock } from '../db/clocks.ts';
import type { Database, Tx } from '../db/data-source.ts';
import { AnswerEntity } from '../db/entities/answer.ts';
import { MessageEntity } from '../db/entities/message.ts';
import { rowBy } from '../db/row-by.ts';
import { together } from '../db/together.ts';
import { instant } from '../engine/instant.ts';
import { handler, type Handler } from '../engine/worker.ts';
import { localTime } from '../procedure/local-time.ts';
import type { Calendars } from '../registry/calendars.ts';
import { curatorAgency, regionSettings } from '../registry/queries.ts';
import { originalAnswer, originalText } from './original-answer.ts';
import { partsOf, partsText } from './parts.ts';

/**
 * Starts the curator's hour when the last part has arrived, and shows the parts (clauses 8, 10); for a
 * repeat when its original is answered, and shows that answer.
 */
export function startReviewClock(deps: {
  db: Database;
  calendars: Calendars;
  pageLink: (messageId: string) => string;
  attachmentLink: AttachmentLinks['link'];
}): Handler {
  const { db, calendars, pageLink, attachmentLink } = deps;
  const step = together(db);
  return handler(
    'start-review-clock',
    z.object({ messageId: z.uuid(), at: instant }),
    async ({ messageId, at }, { sourceKey }) =>
      step(messageId, async (tx) => {
        const start = async () => {
          const [curator, { zone, limits, warnings }] = await Promise.all([
            curatorAgency(tx),
            regionSettings(tx),
          ]);
          const [clock] = await Promise.all([
            openClock(tx, calendars.of(curator.hours), {
              sourceKey,
              kind: 'review',
              messageId,
              assignmentId: null,
              agencyCode: curator.code,
              executor: curator.executor,
              startedAt: at,
              limit: limits.review,
              warning: warnings.review,
            }),
            changeRows(
              tx,
              MessageEntity,
              { id: messageId, status: ['triage', 'assigned'] },
              { status: 'review' },
            ),
          ]);
          return { clock, zone };
        };
        const [{ clock, zone }, parts] = await Promise.all([start(), partsOf(tx, messageId)]);
        const repeated =
          parts.length === 0
            ? await originalAnswer(tx, await rowBy(tx, MessageEntity, { id: messageId }))
            : null;
        return {
          review: {
            deadlineId: clock.id,
            warnAt: (clock.warnAt ?? clock.dueAt).toISOString(),
            dueAt: clock.dueAt.toISOString(),
            dueText: localTime(clock.dueAt, zone) + (clock.provisional ? ' (предварительно)' : ''),
            receivedAt: clock.startedAt.toISOString(),
            attachmentsLink: attachmentLink('curator', messageId, clock.startedAt),
          },
          partsText:
            repeated === null
              ? partsText(parts)
              : originalText(repeated, pageLink(repeated.original.id)),
          partsCount: parts.length,
          partOptions: parts.map(({ assignmentId, agencyName }) => ({
            value: assignmentId,
            label: agencyName,
          })),
          answerText:
            repeated?.answer.text ??
            (parts.length === 1 ? (parts[0]?.text ?? null) : await commonAnswer(tx, messageId)),
        };
      }),
  );
}

/** What the curator made of the parts before they were reworked; null in the first round. */
async function commonAnswer(tx: Tx, messageId: string): Promise<string | null> {
  const answer = await tx.findOne(AnswerEntity, {
    where: { messageId },
    order: { version: 'DESC' },
  });
  return answer?.text ?? null;
}
