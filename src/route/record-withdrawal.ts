import { z } from 'zod';
import { recordAudit } from '../db/audit.ts';
import { changeRows } from '../db/change-rows.ts';
import type { Database, Tx } from '../db/data-source.ts';
import { stopClocks } from '../db/missed-deadline.ts';
import { AssignmentEntity } from '../db/entities/assignment.ts';
import { repeatKey, settleRepeats } from '../db/repeats.ts';
import { confirmStart } from '../db/starts.ts';
import { MessageEntity, type Message } from '../db/entities/message.ts';
import { rowBy } from '../db/row-by.ts';
import { instant } from '../engine/instant.ts';
import { handler, type Handler } from '../engine/worker.ts';
import { channelOf, notify } from '../notify/notify.ts';
import { atWork } from './at-work.ts';

/** Nobody waits for a form here: what is no text is no reason either. */
const reasonText = z
  .string()
  .transform((text) => text.replaceAll('\0', '').trim())
  .pipe(z.string().min(1))
  .catch('не указана');

/** The curator took a message off: its clocks stop, and executors at work are told. */
export function recordWithdrawal({ db }: { db: Database }): Handler {
  return handler(
    'record-withdrawal',
    z.object({ messageId: z.uuid(), reason: reasonText, at: instant }),
    async ({ messageId, reason, at }) => {
      await db.transaction(async (tx) => {
        const message = await rowBy(tx, MessageEntity, { id: messageId });
        await tell(tx, message, reason);
        await changeRows(
          tx,
          MessageEntity,
          { id: messageId, finishedAt: null },
          { status: 'withdrawn', reason, finishedAt: at },
        );
        await settleRepeats(tx, messageId);
        await waitNoMore(tx, message);
        await changeRows(
          tx,
          AssignmentEntity,
          { messageId, status: ['open', 'returned'] },
          { status: 'dropped', finishedAt: at },
        );
        await stopClocks(tx, { messageId }, at);
        await recordAudit(tx, {
          key: `withdrawn:${messageId}`,
          at,
          messageId,
          subject: 'куратор',
          action: `снято с рассмотрения: ${reason}`,
        });
      });
    },
  );
}

/** What was on its way to a repeat of its original's end finds nobody: it is not told again and again. */
async function waitNoMore(tx: Tx, { id, duplicateOf }: Message): Promise<void> {
  if (duplicateOf === null) return;
  await confirmStart(tx, 'original-settled', repeatKey(id, duplicateOf));
}

async function tell(tx: Tx, { id, url }: Message, reason: string): Promise<void> {
  for (const { assignment, agency } of await atWork(tx, id)) {
    await notify(tx, channelOf(agency), {
      key: `withdrawn:${assignment.id}`,
      subject: 'Сообщение снято с рассмотрения: ответ не нужен',
      body: [
        `${agency.name}: куратор снял сообщение с рассмотрения, ответ не нужен.`,
        `Причина: ${reason}`,
        '',
        `Сообщение: ${url}`,
      ].join('\n'),
      payload: { assignmentId: assignment.id, messageUrl: url, withdrawn: true },
    });
  }
}
