import { z } from 'zod';
import type { Database } from '../db/data-source.ts';
import { together } from '../db/together.ts';
import { instant } from '../engine/instant.ts';
import { handler, type Handler } from '../engine/worker.ts';
import { readSubmission, requiredText } from '../procedure/submission.ts';
import { TEXT_LIMIT } from '../procedure/text-limit.ts';
import { addAnswer } from './add-answer.ts';

const composition = z.object({ text: requiredText(TEXT_LIMIT, 'Введите текст ответа.') });

/** Keeps the answer that the curator composed or edited (clauses 8, 10). */
export function recordAnswer({ db }: { db: Database }): Handler {
  const step = together(db);
  return handler(
    'record-answer',
    z.object({ messageId: z.uuid(), composition: z.unknown(), at: instant }),
    async ({ messageId, composition: submitted, at }, { sourceKey }) => {
      const { text } = readSubmission(composition, submitted);
      const answer = await step(messageId, (tx, last) =>
        addAnswer(tx, last, { sourceKey, messageId, text, composedAt: at }),
      );
      return { answerId: answer.id, answerText: answer.text, inputError: null };
    },
  );
}
