import { Duration } from 'luxon';
import { AgencyEntity } from '../../../src/db/entities/agency.ts';
import { DeadlineEntity, type Deadline } from '../../../src/db/entities/deadline.ts';
import { ShortcomingEntity } from '../../../src/db/entities/shortcoming.ts';
import { createReference, type Definition } from '../../calendar-reference.ts';
import type { Comparison } from '../compare.ts';

const MINUTE = 60_000;
/** Never changed once the clock runs. */
const FIXED = [
  'kind',
  'startedAt',
  'limitDuration',
  'warnAt',
  'dueAt',
  'agencyCode',
  'executor',
] as const;
/** Null at first, then set once. */
const SET_ONCE = ['stoppedAt', 'missedAt'] as const;

/**
 * Each clock is due when walking minute by minute says so and was never changed; it is missed, with one
 * shortcoming, when and only when its work came late (clauses 5, 6, 8, 9, 12).
 */
export const clocks: Comparison = async ({ world: { db, clock: engine }, records }) => {
  const rows = await db.getRepository(DeadlineEntity).find();
  const agencies = await db.getRepository(AgencyEntity).find();
  const shortcomings = await db.getRepository(ShortcomingEntity).find();
  const faults: string[] = [];
  const definitions = new Map(agencies.map(({ code, hours }) => [code, definitionOf(hours)]));
  let missed = 0;
  let goneBack = 0;
  for (const row of rows) {
    const name = `${row.kind} clock ${row.id} of ${row.agencyCode}`;
    const due = dueBy(row, definitions.get(row.agencyCode)!);
    if (row.dueAt.getTime() !== due) {
      faults.push(
        `${name}: due ${row.dueAt.toISOString()}, should be ${new Date(due).toISOString()}`,
      );
    }
    faults.push(...changes(records.clocks.get(row.id), row).map((change) => `${name}: ${change}`));
    if (row.stoppedAt === null) faults.push(`${name}: has not stopped`);
    // Stopped before it was missed: a killed broker had come back with an earlier clock.
    if (row.missedAt && row.stoppedAt && row.stoppedAt < row.missedAt) {
      goneBack += 1;
      continue;
    }
    const late = (row.stoppedAt ?? engine.now().toJSDate()) > row.dueAt && row.kind !== 'return';
    const recorded = row.missedAt !== null;
    const opened = shortcomings.filter(({ deadlineId }) => deadlineId === row.id).length;
    if (late !== recorded || opened !== (late ? 1 : 0)) {
      faults.push(
        `${name}: due ${row.dueAt.toISOString()}, stopped ${row.stoppedAt?.toISOString()}, missed ${row.missedAt?.toISOString()}, ${opened} shortcomings`,
      );
    }
    if (recorded) missed += 1;
  }
  for (const id of records.clocks.keys()) {
    if (!rows.some((row) => row.id === id)) faults.push(`clock ${id} is gone`);
  }
  return {
    counted: {
      clocks: rows.length,
      missed,
      'of these stopped by an earlier clock': goneBack,
      shortcomings: shortcomings.length,
    },
    faults,
  };
};

const definitionOf = (hours: unknown): Definition => {
  const given = hours as Partial<Definition> & Pick<Definition, 'zone' | 'week'>;
  return { shortenBy: 'PT1H', days: {}, observeHolidays: true, ...given };
};

function dueBy({ kind, startedAt, limitDuration }: Deadline, hours: Definition): number {
  const minutes = Duration.fromISO(limitDuration).as('minutes');
  const from = startedAt.getTime();
  return kind === 'return'
    ? from + minutes * MINUTE
    : createReference(hours).deadline(from, minutes);
}

function changes(first: Deadline | undefined, last: Deadline): string[] {
  if (!first) return [];
  const differ = (field: keyof Deadline) =>
    JSON.stringify(first[field]) !== JSON.stringify(last[field]);
  return [
    ...FIXED.filter(differ),
    ...SET_ONCE.filter((field) => first[field] !== null && differ(field)),
  ].map((field) => `${field} changed from ${String(first[field])} to ${String(last[field])}`);
}
