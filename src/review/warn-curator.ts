import { DateTime } from 'luxon';
import { z } from 'zod';
import type { Database } from '../db/data-source.ts';
import { DeadlineEntity } from '../db/entities/deadline.ts';
import { MessageEntity } from '../db/entities/message.ts';
import { rowBy } from '../db/row-by.ts';
import { handler, type Handler } from '../engine/worker.ts';
import { notifyCurators } from '../notify/notify.ts';
import { localTime, spokenDuration } from '../procedure/local-time.ts';
import type { Calendars } from '../registry/calendars.ts';
import { calendarOf, regionSettings } from '../registry/queries.ts';

/** Warns the curators that the time of their review runs out (clause 8). */
export function warnCurator(deps: {
  db: Database;
  calendars: Calendars;
  pageLink: (messageId: string) => string;
}): Handler {
  const { db, calendars, pageLink } = deps;
  return handler(
    'warn-curator',
    z.object({ messageId: z.uuid(), deadlineId: z.uuid() }),
    async ({ messageId, deadlineId }) => {
      await db.transaction(async (tx) => {
        const { dueAt, warnAt, agencyCode } = await rowBy(tx, DeadlineEntity, {
          id: deadlineId,
        });
        const { url } = await rowBy(tx, MessageEntity, { id: messageId });
        const { zone } = await regionSettings(tx);
        const calendar = await calendarOf(tx, calendars, agencyCode);
        const left = calendar.elapsed(
          DateTime.fromJSDate(warnAt ?? dueAt),
          DateTime.fromJSDate(dueAt),
        );
        await notifyCurators(tx, {
          key: `warning:${deadlineId}`,
          subject: `Истекает срок рассмотрения ответа: ${localTime(dueAt, zone)}`,
          body: [
            `До окончания срока рассмотрения ответа осталось ${spokenDuration(left.toMillis())} рабочего времени.`,
            `Срок (п. 8 Порядка): ${localTime(dueAt, zone)}.`,
            `Сообщение: ${url}`,
            `История: ${pageLink(messageId)}`,
          ].join('\n'),
        });
      });
    },
  );
}
