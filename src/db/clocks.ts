import { randomUUID } from 'node:crypto';
import { DateTime, Duration } from 'luxon';
import { IsNull } from 'typeorm';
import type { WorkCalendar } from '../calendar/calendar.ts';
import type { Tx } from './data-source.ts';
import { DeadlineEntity, type Deadline } from './entities/deadline.ts';
import { insertOnce } from './once.ts';

const CLAUSES: Record<Deadline['kind'], number> = {
  return: 5,
  draft: 6,
  review: 8,
  rework: 9,
  remedy: 13,
};

/** A clock about to start. `limit` and `warning` (time left when to warn) are ISO 8601 durations. */
export type NewClock = Pick<
  Deadline,
  'sourceKey' | 'kind' | 'messageId' | 'assignmentId' | 'agencyCode' | 'executor' | 'startedAt'
> & { limit: string; warning: string | null };

/**
 * Starts a clock at `startedAt`, which is the engine's time of receipt: 30 plain minutes for a return,
 * working time of `calendar` for all else. Started again with the same `sourceKey` it is the same
 * clock: neither new limits nor a new calendar move a deadline in hand.
 */
export async function openClock(
  tx: Tx,
  calendar: WorkCalendar,
  { limit, warning, ...clock }: NewClock,
): Promise<Deadline> {
  const plain = clock.kind === 'return';
  const from = DateTime.fromJSDate(clock.startedAt, { zone: 'utc' });
  const duration = Duration.fromISO(limit);
  const { due, provisional, spent } = plain
    ? { due: from.plus(duration), provisional: false, spent: [] }
    : calendar.deadline(from, duration);
  const { row } = await insertOnce(
    tx,
    DeadlineEntity,
    {
      id: randomUUID(),
      ...clock,
      clause: CLAUSES[clock.kind],
      limitDuration: limit,
      plain,
      dueAt: due.toJSDate(),
      warnAt:
        warning === null
          ? null
          : calendar.warning(from, duration.minus(Duration.fromISO(warning))).toJSDate(),
      provisional,
      spent: spent.map(({ start, end }) => [iso(start), iso(end)]),
    },
    ['sourceKey'],
  );
  return row;
}

const iso = (at: number) => new Date(at).toISOString();

/** Stops a clock at `at`; one that has stopped stays as it is. */
export async function stopClock(tx: Tx, deadlineId: string, at: Date): Promise<void> {
  await tx.update(DeadlineEntity, { id: deadlineId, stoppedAt: IsNull() }, { stoppedAt: at });
}

/**
 * Records that a deadline has passed, unless the work was done by then; doing it again changes
 * nothing. Returns whether it was missed.
 */
export async function markMissed(tx: Tx, deadlineId: string): Promise<boolean> {
  const clock = await tx.findOneByOrFail(DeadlineEntity, { id: deadlineId });
  if (clock.stoppedAt !== null && clock.stoppedAt <= clock.dueAt) return false;
  await tx.update(
    DeadlineEntity,
    { id: deadlineId, missedAt: IsNull() },
    { missedAt: clock.dueAt },
  );
  return true;
}
