import { z } from 'zod';
import type { Database } from '../db/data-source.ts';
import { together } from '../db/together.ts';
import { instant } from '../engine/instant.ts';
import { handler, type Handler } from '../engine/worker.ts';
import { addAnswer } from './add-answer.ts';

/** The draft of the only agency becomes the answer as it is (clause 8). */
export function takeDraft({ db }: { db: Database }): Handler {
  const step = together(db);
  return handler(
    'take-draft',
    z.object({ messageId: z.uuid(), answerText: z.string(), at: instant }),
    async ({ messageId, answerText, at }, { sourceKey }) => {
      const answer = await step(messageId, (tx, last) =>
        addAnswer(tx, last, { sourceKey, messageId, text: answerText, composedAt: at }),
      );
      return { answerId: answer.id, answerText: answer.text };
    },
  );
}
