import { randomUUID } from 'node:crypto';
import { DateTime, Duration } from 'luxon';
import type { WorkCalendar } from '../calendar/calendar.ts';
import { changedRows } from './change-rows.ts';
import type { Tx } from './data-source.ts';
import { DeadlineEntity, type Deadline } from './entities/deadline.ts';
import { insertOnce } from './once.ts';
import type { Where } from './where.ts';

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

/** Stops those clocks that run at `at`, and returns them; one that has stopped stays as it is. */
export const stopRunning = (tx: Tx, clocks: Where<Deadline>, at: Date): Promise<Deadline[]> =>
  changedRows(tx, DeadlineEntity, { ...clocks, stoppedAt: null }, { stoppedAt: at });

/** Whether the work was not done by the deadline: it was done later, or is not done. */
export const isPassed = ({ stoppedAt, dueAt }: Deadline): boolean =>
  stoppedAt === null || stoppedAt > dueAt;
