import { z } from 'zod';
import { recordAudit } from '../db/audit.ts';
import type { Database } from '../db/data-source.ts';
import { MessageEntity } from '../db/entities/message.ts';
import { instant } from '../engine/instant.ts';
import { handler, type Handler } from '../engine/worker.ts';
import { channelOf, notify, notifyCurators } from '../notify/notify.ts';
import { card } from '../procedure/card.ts';
import { regionSettings } from '../registry/queries.ts';
import { atWork } from './at-work.ts';
import { remember } from './likeness.ts';

const CHANGES = { edited: 'автор изменил сообщение', deleted: 'автор удалил сообщение' };

/** Lets everybody at work on a message know that its author edited or deleted it. */
export function recordPostChange(deps: {
  db: Database;
  pageLink: (messageId: string) => string;
}): Handler {
  const { db, pageLink } = deps;
  return handler(
    'record-post-change',
    z.object({ messageId: z.uuid(), change: z.enum(['edited', 'deleted']), at: instant }),
    async ({ messageId, change, at }) =>
      db.transaction(async (tx) => {
        // The change is announced from inside the transaction that records it: wait for its end.
        const message = await tx.findOneOrFail(MessageEntity, {
          where: { id: messageId },
          lock: { mode: 'pessimistic_read' },
        });
        const changedAt = change === 'deleted' ? message.deletedAt : message.editedAt;
        const { zone } = await regionSettings(tx);
        const shown = { card: card(message, { zone, pageLink: pageLink(messageId) }) };
        // Its transaction was rolled back: the monitor will find the change and announce it again.
        if (changedAt === null) return shown;
        // One change announced twice is told once.
        if (change === 'edited') await remember(tx, message, at);
        const key = `post-change:${messageId}:${changedAt.toISOString()}`;
        await recordAudit(tx, { key, at, messageId, subject: 'автор', action: CHANGES[change] });
        const note = {
          subject: `Внимание: ${CHANGES[change]}`,
          body: [
            `По сообщению, с которым вы работаете: ${CHANGES[change]}.`,
            '',
            `Сообщение: ${message.url}`,
            `История: ${pageLink(messageId)}`,
          ].join('\n'),
        };
        await notifyCurators(tx, { ...note, key });
        for (const { assignment, agency } of await atWork(tx, messageId)) {
          await notify(tx, channelOf(agency), {
            ...note,
            key: `${key}:${assignment.id}`,
            payload: { assignmentId: assignment.id, messageUrl: message.url, change },
          });
        }
        return shown;
      }),
  );
}
