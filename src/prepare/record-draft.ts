import { z } from 'zod';
import { recordAudit } from '../db/audit.ts';
import { changeRows } from '../db/change-rows.ts';
import type { Database } from '../db/data-source.ts';
import { stopClocks } from '../db/missed-deadline.ts';
import { AssignmentEntity } from '../db/entities/assignment.ts';
import { together } from '../db/together.ts';
import { instant } from '../engine/instant.ts';
import { handler, type Handler } from '../engine/worker.ts';
import { optionalCode, readSubmission, requiredText } from '../procedure/submission.ts';
import { TEXT_LIMIT } from '../procedure/text-limit.ts';
import { recordTemplateUse } from '../templates/record-use.ts';
import { addDraft, DRAFT_MISSING } from './add-draft.ts';

const submissionSchema = z.object({
  outcome: z.literal('draft', {
    error: 'Выберите решение: направить проект ответа или вернуть сообщение.',
  }),
  text: requiredText(TEXT_LIMIT, DRAFT_MISSING),
  template: optionalCode('Шаблон указан неверно: выберите его из списка.'),
});

/** The executor's draft arrives: it is kept as a version, both clocks stop at `at` (clauses 6, 7). */
export function recordDraft({ db }: { db: Database }): Handler {
  const step = together(db);
  return handler(
    'record-draft',
    z.object({ messageId: z.uuid(), assignmentId: z.uuid(), submission: z.unknown(), at: instant }),
    async ({ messageId, assignmentId, submission, at }, { sourceKey }) => {
      const { text, template } = readSubmission(submissionSchema, submission);
      return step(messageId, async (tx, last) => {
        const { draft, assignment } = await addDraft(tx, last, {
          sourceKey,
          assignmentId,
          text,
          submittedAt: at,
        });
        const { agencyCode, executor } = assignment;
        const use = { draftId: draft.id, usedBy: executor, usedAt: at };
        const title = template === null ? null : await recordTemplateUse(tx, template, use);
        await Promise.all([
          stopClocks(tx, { assignmentId, kind: ['return', 'draft'] }, at),
          changeRows(
            tx,
            AssignmentEntity,
            { id: assignmentId, status: 'open' },
            { status: 'drafted', finishedAt: at },
          ),
          recordAudit(tx, {
            key: `draft:${draft.id}`,
            at,
            messageId,
            subject: agencyCode,
            action: 'проект ответа направлен куратору',
            details: title === null ? {} : { template, title },
          }),
        ]);
        return {
          part: { assignmentId, agency: agencyCode, draftId: draft.id },
          returnRefusal: null,
          inputError: null,
        };
      });
    },
  );
}
