import { LIMITS } from '../procedure/limits.ts';
import { recordAudit } from './audit.ts';
import { markMissed } from './clocks.ts';
import type { Tx } from './data-source.ts';
import { DeadlineEntity } from './entities/deadline.ts';
import { openShortcoming } from './shortcomings.ts';

/** Records that a deadline was missed, with a line in the history; false when the work was in time. */
export async function recordMissed(tx: Tx, deadlineId: string): Promise<boolean> {
  if (!(await markMissed(tx, deadlineId))) return false;
  const { clause, dueAt, messageId, agencyCode } = await tx.findOneByOrFail(DeadlineEntity, {
    id: deadlineId,
  });
  await recordAudit(tx, {
    key: `missed:${deadlineId}`,
    at: dueAt,
    messageId,
    subject: agencyCode,
    action: `срок пропущен (п. ${clause})`,
  });
  return true;
}

/** Opens the shortcoming of a missed deadline, one for each miss (clause 12); none for one that was kept. */
export async function openMiss(tx: Tx, deadlineId: string, at: Date): Promise<void> {
  const deadline = await tx.findOneByOrFail(DeadlineEntity, { id: deadlineId });
  if (deadline.missedAt === null) return;
  const { kind, messageId, assignmentId, agencyCode, executor } = deadline;
  await openShortcoming(tx, {
    sourceKey: `deadline:${deadlineId}`,
    kind: 'deadline',
    messageId,
    assignmentId,
    deadlineId,
    agencyCode,
    executor,
    description: `Нарушен ${LIMITS[kind].name}`,
    openedAt: at,
  });
}

/**
 * Called by whoever stops a clock at `at`: work may be done after the deadline and before the
 * engine's timer has fired, and such a miss must not escape.
 */
export async function recordLateWork(tx: Tx, deadlineId: string, at: Date): Promise<void> {
  if (await recordMissed(tx, deadlineId)) await openMiss(tx, deadlineId, at);
}
