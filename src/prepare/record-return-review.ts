import { z } from 'zod';
import { recordAudit } from '../db/audit.ts';
import { changeRows } from '../db/change-rows.ts';
import type { Database, Tx } from '../db/data-source.ts';
import { stopClocks } from '../db/missed-deadline.ts';
import { AssignmentEntity } from '../db/entities/assignment.ts';
import { ReturnRequestEntity } from '../db/entities/return-request.ts';
import { instant } from '../engine/instant.ts';
import { handler, type Handler } from '../engine/worker.ts';
import { InputError } from '../errors.ts';
import { excerpt } from '../procedure/excerpt.ts';
import { optionalCode, optionalText, readSubmission } from '../procedure/submission.ts';
import { backToTriage } from './back-to-triage.ts';
import { freeAgency } from './free-agency.ts';

const schema = z.object({
  decision: z.enum(['redirect', 'refuse', 'drop'], {
    error: 'Выберите решение по возврату: направить другому органу, отказать или снять поручение.',
  }),
  agencyCode: optionalCode('Орган власти указан неверно: выберите его из списка.'),
  note: optionalText(2_000, 'Пояснение'),
});

type Review = z.output<typeof schema>;

const STATUS = { redirect: 'redirected', refuse: 'open', drop: 'dropped' } as const;
const ACTIONS = {
  redirect: 'возврат принят, сообщение направлено другому органу',
  refuse: 'в возврате отказано, прежний срок действует',
  drop: 'возврат принят, поручение снято',
};

/**
 * What the curator decided on a return (clause 5). Agreed to, the agency's draft clock stops at the
 * moment of its return; refused, the old deadline stands.
 */
export function recordReturnReview({ db }: { db: Database }): Handler {
  return handler(
    'record-return-review',
    z.object({
      messageId: z.uuid(),
      assignmentId: z.uuid(),
      agencyCode: z.string(),
      returnReview: z.unknown(),
      at: instant,
    }),
    async ({ messageId, assignmentId, agencyCode, returnReview, at }) => {
      const review = readSubmission(schema, returnReview);
      return db.transaction(async (tx) => {
        const request = await tx.findOneOrFail(ReturnRequestEntity, {
          where: { assignmentId },
          order: { returnedAt: 'DESC' },
        });
        // decided already: the job runs again, and what it led to is no fault now
        if (request.decidedAt === null) await check(tx, review, messageId);
        await changeRows(
          tx,
          ReturnRequestEntity,
          { id: request.id, decidedAt: null },
          {
            decision: review.decision,
            redirectedTo: review.decision === 'redirect' ? review.agencyCode : null,
            decisionNote: review.note,
            decidedAt: at,
          },
        );
        const agreed = review.decision !== 'refuse';
        await changeRows(
          tx,
          AssignmentEntity,
          { id: assignmentId, status: 'returned' },
          {
            status: STATUS[review.decision],
            finishedAt: agreed ? request.returnedAt : null,
          },
        );
        if (agreed) await stopClocks(tx, { assignmentId, kind: 'draft' }, request.returnedAt);
        if (review.decision === 'drop') await backToTriage(tx, messageId);
        await recordAudit(tx, {
          key: `return-review:${request.id}`,
          at,
          messageId,
          subject: 'куратор',
          action: ACTIONS[review.decision],
          details: { note: review.note, redirectedTo: review.agencyCode },
        });
        return {
          returnDecision: review.decision,
          agencyCode: review.decision === 'redirect' ? review.agencyCode : agencyCode,
          returnRefusal:
            review.decision === 'refuse' && review.note !== null
              ? `**Куратор отказал в возврате, прежний срок действует.**\n\n${excerpt(review.note, 3_000)}`
              : null,
          submission: null,
          returnReview: null,
          inputError: null,
        };
      });
    },
  );
}

async function check(tx: Tx, { decision, agencyCode, note }: Review, messageId: string) {
  if (decision === 'refuse' && note === null) {
    throw new InputError('Поясните исполнителю, почему в возврате отказано.');
  }
  if (decision === 'redirect') await freeAgency(tx, messageId, agencyCode);
}
