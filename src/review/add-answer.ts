import { randomUUID } from 'node:crypto';
import { filesOfAnswer } from '../attachments/list.ts';
import { recordAudit } from '../db/audit.ts';
import type { Tx } from '../db/data-source.ts';
import { AnswerEntity, type Answer } from '../db/entities/answer.ts';
import { insertFirst } from '../db/once.ts';
import { rowsBy } from '../db/row-by.ts';
import type { Last } from '../db/transaction.ts';

/**
 * Keeps the next version of the message's answer, with the files that are to go with it now; one for
 * each `sourceKey` (clauses 8, 10). A step: nobody else changes versions or files meanwhile.
 */
export async function addAnswer(
  tx: Tx,
  last: Last,
  given: Pick<Answer, 'sourceKey' | 'messageId' | 'text' | 'composedAt'>,
): Promise<Answer> {
  const { messageId } = given;
  const [earlier, files] = await Promise.all([
    rowsBy(tx, AnswerEntity, { messageId }),
    filesOfAnswer(tx, messageId),
  ]);
  const known = earlier.find(({ sourceKey }) => sourceKey === given.sourceKey);
  if (known !== undefined) return known;
  // Versions of one message are numbered one after another.
  const made: Answer = {
    id: randomUUID(),
    version: 1 + earlier.length,
    attachments: files.map(({ id }) => id),
    asThread: false,
    ...given,
  };
  last(
    insertFirst(tx, AnswerEntity, made),
    recordAudit(tx, {
      key: `answer:${made.id}`,
      at: given.composedAt,
      messageId,
      subject: 'куратор',
      action: 'подготовлен ответ',
      details: { answerId: made.id, version: made.version },
    }),
  );
  return made;
}
