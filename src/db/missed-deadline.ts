import { LIMITS } from '../procedure/limits.ts';
import { recordAudit } from './audit.ts';
import { changeRows } from './change-rows.ts';
import { isPassed, stopRunning } from './clocks.ts';
import type { Tx } from './data-source.ts';
import { DeadlineEntity, type Deadline } from './entities/deadline.ts';
import { rowBy } from './row-by.ts';
import { openShortcoming } from './shortcomings.ts';
import type { Where } from './where.ts';

/**
 * Records that a deadline was missed, with a line in the history; false when the work was in time. Doing
 * it again changes nothing.
 */
export async function recordMissed(tx: Tx, clock: Deadline): Promise<boolean> {
  if (!isPassed(clock)) return false;
  const { id, dueAt } = clock;
  await changeRows(tx, DeadlineEntity, { id, missedAt: null }, { missedAt: dueAt });
  await recordAudit(tx, {
    key: `missed:${id}`,
    at: dueAt,
    messageId: clock.messageId,
    subject: clock.agencyCode,
    action: `срок пропущен (п. ${clock.clause})`,
  });
  return true;
}

/** Opens the shortcoming of a missed deadline, one for each miss (clause 12); none for one that was kept. */
export async function openMiss(tx: Tx, deadlineId: string, at: Date): Promise<void> {
  const deadline = await rowBy(tx, DeadlineEntity, { id: deadlineId });
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
 * Stops those clocks that run, since the work was done at `at`, and records what was late: work may be
 * done after the deadline and before the engine's timer has fired, and such a miss must not escape. A
 * late return is told with the return itself (clause 5).
 */
export async function stopClocks(tx: Tx, clocks: Where<Deadline>, at: Date): Promise<void> {
  for (const clock of await stopRunning(tx, clocks, at)) {
    if (clock.kind !== 'return' && (await recordMissed(tx, clock)))
      await openMiss(tx, clock.id, at);
  }
}
