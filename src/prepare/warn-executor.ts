import { DateTime } from 'luxon';
import { z } from 'zod';
import type { Database, Tx } from '../db/data-source.ts';
import { DeadlineEntity, type Deadline } from '../db/entities/deadline.ts';
import { ReturnRequestEntity } from '../db/entities/return-request.ts';
import { rowBy } from '../db/row-by.ts';
import { handler, type Handler } from '../engine/worker.ts';
import { channelOf, notify } from '../notify/notify.ts';
import { localTime, spokenDuration } from '../procedure/local-time.ts';
import type { Calendars } from '../registry/calendars.ts';
import { regionSettings } from '../registry/queries.ts';
import { factsOf } from './assignment-facts.ts';

/** Warns an executor, once for each clock, that a draft or a rework is due soon (clauses 6, 9). */
export function warnExecutor(deps: {
  db: Database;
  calendars: Calendars;
  pageLink: (messageId: string) => string;
}): Handler {
  const { db, calendars, pageLink } = deps;
  return handler('warn-executor', z.object({ deadlineId: z.uuid() }), async ({ deadlineId }) => {
    await db.transaction(async (tx) => {
      const clock = await rowBy(tx, DeadlineEntity, { id: deadlineId });
      if (clock.assignmentId === null || clock.stoppedAt !== null) return;
      const { agency, message } = await factsOf(tx, clock.assignmentId);
      const { zone } = await regionSettings(tx);
      const due = localTime(clock.dueAt, zone);
      const warnedAt = await momentOf(tx, clock, clock.assignmentId);
      if (warnedAt >= clock.dueAt) return;
      const left = calendars
        .of(agency.hours)
        .elapsed(DateTime.fromJSDate(warnedAt), DateTime.fromJSDate(clock.dueAt));
      await notify(tx, channelOf(agency), {
        key: `warning:${clock.id}`,
        subject: `Срок близко: проект ответа до ${due}`,
        body: [
          `${agency.name}: до срока осталось ${spokenDuration(left.toMillis())} рабочего времени.`,
          '',
          `Направить проект ответа до: ${due}`,
          `Сообщение: ${message.url}`,
          `История сообщения: ${pageLink(message.id)}`,
        ].join('\n'),
        payload: {
          assignmentId: clock.assignmentId,
          messageUrl: message.url,
          dueAt: clock.dueAt.toISOString(),
        },
      });
    });
  });
}

/** When the warning comes: at its time, or once the curator refused a return that stood over that time. */
async function momentOf(tx: Tx, { warnAt, dueAt }: Deadline, assignmentId: string): Promise<Date> {
  const refused = await tx.findOne(ReturnRequestEntity, {
    where: { assignmentId, decision: 'refuse' },
    order: { decidedAt: 'DESC' },
  });
  const [planned, decided] = [warnAt ?? dueAt, refused?.decidedAt ?? null];
  return decided !== null && decided > planned ? decided : planned;
}
