import type { Tx } from '../db/data-source.ts';
import type { Message } from '../db/entities/message.ts';
import { notifyCurators } from './notify.ts';

/**
 * The answer of a repeat goes out by itself, so nobody looks: curators hear when it cannot, and a task
 * waits for them (clause 8). Said once for each version of the answer.
 */
export async function repeatNeedsCurator(
  tx: Tx,
  { duplicateOf, url }: Pick<Message, 'duplicateOf' | 'url'>,
  { answerId, reason }: { answerId: string; reason: string },
): Promise<void> {
  if (duplicateOf === null) return;
  await notifyCurators(tx, {
    key: `repeat-needs-curator:${answerId}`,
    subject: 'Ответ под повтором не размещён: нужен куратор',
    body: [
      'Ответ основного сообщения не удалось разместить под его повтором. Задача ждёт вас в Tasklist.',
      `Причина: ${reason}`,
      '',
      `Повтор: ${url}`,
    ].join('\n'),
  });
}
