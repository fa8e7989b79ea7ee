import { z } from 'zod';
import type { Database } from '../db/data-source.ts';
import { MessageEntity } from '../db/entities/message.ts';
import { rowBy } from '../db/row-by.ts';
import { handler, type Handler } from '../engine/worker.ts';
import { notifyCurators } from '../notify/notify.ts';

/** Reminds the curators of a message that waits for triage: their own target, not a violation. */
export function remindCurator(deps: {
  db: Database;
  pageLink: (messageId: string) => string;
}): Handler {
  const { db, pageLink } = deps;
  return handler('remind-curator', z.object({ messageId: z.uuid() }), async ({ messageId }) => {
    await db.transaction(async (tx) => {
      const { url } = await rowBy(tx, MessageEntity, { id: messageId });
      await notifyCurators(tx, {
        key: `triage-reminder:${messageId}`,
        subject: 'Сообщение ждёт рассмотрения',
        body: [
          'Сообщение жителя ещё не рассмотрено и не направлено исполнителю.',
          '',
          `Сообщение: ${url}`,
          `История: ${pageLink(messageId)}`,
          'Решение принимается в задаче «Рассмотреть сообщение».',
        ].join('\n'),
      });
    });
  });
}
