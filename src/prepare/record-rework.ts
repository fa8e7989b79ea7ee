import { z } from 'zod';
import { recordAudit } from '../db/audit.ts';
import type { Database } from '../db/data-source.ts';
import { stopClocks } from '../db/missed-deadline.ts';
import { together } from '../db/together.ts';
import { instant } from '../engine/instant.ts';
import { handler, type Handler } from '../engine/worker.ts';
import { readSubmission, requiredText } from '../procedure/submission.ts';
import { TEXT_LIMIT } from '../procedure/text-limit.ts';
import { addDraft, DRAFT_MISSING } from './add-draft.ts';

const submissionSchema = z.object({ text: requiredText(TEXT_LIMIT, DRAFT_MISSING) });

/** The reworked draft arrives as the next version (clause 9). */
export function recordRework({ db }: { db: Database }): Handler {
  const step = together(db);
  return handler(
    'record-rework',
    z.object({
      messageId: z.uuid(),
      assignmentId: z.uuid(),
      deadlineId: z.uuid(),
      submission: z.unknown(),
      at: instant,
    }),
    async ({ messageId, assignmentId, deadlineId, submission, at }, { sourceKey }) => {
      const { text } = readSubmission(submissionSchema, submission);
      return step(messageId, async (tx, last) => {
        const { draft, assignment } = await addDraft(tx, last, {
          sourceKey,
          assignmentId,
          text,
          submittedAt: at,
        });
        await Promise.all([
          stopClocks(tx, { id: deadlineId }, at),
          recordAudit(tx, {
            key: `draft:${draft.id}`,
            at,
            messageId,
            subject: assignment.agencyCode,
            action: `доработанный проект ответа, версия ${draft.version}`,
          }),
        ]);
        return { inputError: null };
      });
    },
  );
}
