import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { filesByIds, filesOfAnswer } from '../attachments/list.ts';
import { recordAudit } from '../db/audit.ts';
import { changeRows } from '../db/change-rows.ts';
import type { Database, Tx } from '../db/data-source.ts';
import { draftedAssignments } from '../db/drafted-assignments.ts';
import { AnswerEntity } from '../db/entities/answer.ts';
import { AssignmentEntity } from '../db/entities/assignment.ts';
import { DeadlineEntity } from '../db/entities/deadline.ts';
import { MessageEntity } from '../db/entities/message.ts';
import { ReviewDecisionEntity } from '../db/entities/review-decision.ts';
import { insertNew } from '../db/once.ts';
import { stopReviewClock } from '../db/review-clock.ts';
import { rowBy, rowOrNull } from '../db/row-by.ts';
import { openShortcoming } from '../db/shortcomings.ts';
import { together } from '../db/together.ts';
import { instant } from '../engine/instant.ts';
import { handler, type Handler } from '../engine/worker.ts';
import { InputError } from '../errors.ts';
import type { Networks } from '../networks/registry.ts';
import { readSubmission } from '../procedure/submission.ts';
import { whyNoThread } from './as-thread.ts';
import { checkReview, reviewSubmission, type Review } from './review-submission.ts';

const ACTIONS: Record<Review['decision'], string> = {
  publish: 'решено опубликовать ответ',
  thread: 'решено опубликовать ответ цепочкой записей',
  edit: 'решено исправить ответ',
  rework: 'возвращено на доработку',
  close: 'решено закрыть без ответа',
};

const FILES_CHANGED =
  'Фото и видео изменились: посмотрите, как ответ будет выглядеть теперь, и подтвердите решение.';

/** What the curator decided on the answer (clause 8), and the faults of substance found (clause 12). */
export function recordReview({ db, networks }: { db: Database; networks: Networks }): Handler {
  const step = together(db);
  return handler(
    'record-review',
    z.object({
      messageId: z.uuid(),
      answerId: z.uuid(),
      formatOk: z.boolean(),
      reviewDecision: z.unknown(),
      at: instant,
    }),
    async ({ messageId, answerId, formatOk, reviewDecision, at }, { sourceKey }) => {
      const given = readSubmission(reviewSubmission, reviewDecision);
      return step(messageId, async (tx, last) => {
        const publishes = given.decision === 'publish' || given.decision === 'thread';
        const [filesChanged, parts] = await Promise.all([
          publishes && haveFilesChanged(tx, messageId, answerId, sourceKey),
          draftedAssignments(tx, messageId),
        ]);
        const drafted = parts.map(({ id }) => id);
        const review = checkReview(given, drafted, formatOk);
        if (filesChanged) throw new InputError(FILES_CHANGED);
        const { reworkAssignments, remarks, fault } = review;
        const asThread = review.decision === 'thread';
        const decision = review.decision === 'thread' ? 'publish' : review.decision;
        if (asThread) await chooseThread(tx, networks, messageId, answerId);
        last(
          insertNew(tx, ReviewDecisionEntity, {
            id: randomUUID(),
            sourceKey,
            messageId,
            answerId,
            decision,
            remarks,
            reworkAssignments,
            fault,
            decidedAt: at,
          }),
          recordAudit(tx, {
            key: `review:${sourceKey}`,
            at,
            messageId,
            subject: 'куратор',
            action: ACTIONS[review.decision],
            details: { answerId, remarks, fault, reworkAssignments },
          }),
        );
        await openFaults(tx, review, messageId, at);
        // Until it is published, an answer decided on is not an answer placed: the clock runs on.
        if (decision === 'rework' || decision === 'close') {
          await stopReviewClock(tx, messageId, at);
        }
        return { reviewOutcome: decision, reworkAssignments, inputError: null };
      });
    },
  );
}

/**
 * What is published is what the curator saw: files changed since then are shown first (clause 11).
 * A decision that was recorded stands.
 */
async function haveFilesChanged(
  tx: Tx,
  messageId: string,
  answerId: string,
  sourceKey: string,
): Promise<boolean> {
  const [recorded, { attachments }, now] = await Promise.all([
    rowOrNull(tx, ReviewDecisionEntity, { sourceKey }),
    rowBy(tx, AnswerEntity, { id: answerId }),
    filesOfAnswer(tx, messageId),
  ]);
  return recorded === null && now.map(({ id }) => id).join() !== attachments.join();
}

/**
 * The answer goes out as a thread of posts.
 * @throws InputError in Russian where its network has none, or the text needs none.
 */
async function chooseThread(
  tx: Tx,
  networks: Networks,
  messageId: string,
  answerId: string,
): Promise<void> {
  const message = await rowBy(tx, MessageEntity, { id: messageId });
  const answer = await rowBy(tx, AnswerEntity, { id: answerId });
  const network = networks.find(message.network);
  const attachments = await filesByIds(tx, answer.attachments);
  const why = whyNoThread(network, { text: answer.text, attachments });
  if (why !== null) throw new InputError(`Опубликовать цепочкой нельзя. ${why}`);
  await changeRows(tx, AnswerEntity, { id: answerId }, { asThread: true });
}

/**
 * One shortcoming for each assignment and fault of this round of review: the form keeps what was
 * typed, so that the same fault may come again with the decision after an edit.
 */
async function openFaults(
  tx: Tx,
  { fault, faulty }: Review,
  messageId: string,
  at: Date,
): Promise<void> {
  if (fault === null) return;
  const round = await tx.findOneOrFail(DeadlineEntity, {
    where: { messageId, kind: 'review' },
    order: { startedAt: 'desc' },
  });
  const digest = createHash('sha256').update(fault).digest('hex');
  for (const assignmentId of faulty) {
    const { agencyCode, executor } = await rowBy(tx, AssignmentEntity, {
      id: assignmentId,
    });
    await openShortcoming(tx, {
      sourceKey: `fault:${round.id}:${assignmentId}:${digest}`,
      kind: 'substance',
      messageId,
      assignmentId,
      deadlineId: null,
      agencyCode,
      executor,
      description: fault,
      openedAt: at,
    });
  }
}
