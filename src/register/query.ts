import { DateTime } from 'luxon';
import type { CalendarDefinition } from '../calendar/definition.ts';
import { Parameters } from '../dashboard/narrowing.ts';
import type { Deadline } from '../db/entities/deadline.ts';
import type { Shortcoming } from '../db/entities/shortcoming.ts';
import type { ListCursor } from '../http/list-cursor.ts';
import type { RegisterFilters } from './filters.ts';

/**
 * Misses of the same executor so many days before one that make it a repeated one. The Labour Code looks
 * back a year for discipline; a quarter is what a deputy governor can still act upon.
 */
export const REPEATED_WITHIN_DAYS = 90;

/** A row of the register. */
export interface RegisterRow extends Pick<
  Shortcoming,
  | 'id'
  | 'messageId'
  | 'kind'
  | 'description'
  | 'openedAt'
  | 'status'
  | 'decision'
  | 'decisionText'
  | 'decidedAt'
  | 'remedyDueAt'
  | 'closedAt'
  | 'withdrawalGrounds'
> {
  agency: string;
  hours: CalendarDefinition;
  /** Post of the executor; null: nobody was in charge. */
  executor: string | null;
  supervisor: string;
  /** Of the clock that was missed; null for a fault of substance. */
  clock: Pick<Deadline, 'kind' | 'clause' | 'plain'> | null;
  dueAt: Date | null;
  stoppedAt: Date | null;
  /** Of the executor within the days before, this one counted; withdrawn and unfounded ones are none. */
  repeats: number;
  /** For the next page. */
  cursor: string;
}

/** The register, the latest first; `agencies` null: all; `limit` null: everything. */
export function registerQuery(
  filters: RegisterFilters,
  agencies: readonly string[] | null,
  zone: string,
  page: { after: ListCursor | null; limit: number | null },
): { sql: string; values: unknown[] } {
  const parameters = new Parameters();
  const value = (given: unknown) => parameters.add(given);
  const { agency, executor, state, clause, from, to } = filters;
  const start = (day: string) => DateTime.fromISO(day, { zone });
  const conditions = [
    agencies && `s.agency_code = any(${value(agencies)})`,
    agency && `s.agency_code = ${value(agency)}`,
    executor && `s.executor = ${value(executor)}`,
    state === 'unsettled' && 's.closed_at is null',
    state && state !== 'unsettled' && `s.status = ${value(state)}`,
    clause === 'substance' && `s.kind = 'substance'`,
    clause && clause !== 'substance' && `d.clause = ${value(Number(clause))}`,
    from && `s.opened_at >= ${value(start(from).toJSDate())}`,
    to && `s.opened_at < ${value(start(to).plus({ days: 1 }).toJSDate())}`,
    page.after &&
      `(s.opened_at, s.id) < (${value(page.after.at)}::timestamptz, ${value(page.after.id)}::uuid)`,
  ].filter(Boolean);
  return {
    sql: `select s.id, s.message_id as "messageId", s.kind, s.description, s.opened_at as "openedAt",
        s.status, s.decision, s.decision_text as "decisionText", s.decided_at as "decidedAt",
        s.remedy_due_at as "remedyDueAt", s.closed_at as "closedAt",
        s.withdrawal_grounds as "withdrawalGrounds", a.short_name as agency, a.hours,
        o.post as executor, u.post as supervisor,
        case when d.id is not null then
          jsonb_build_object('kind', d.kind, 'clause', d.clause, 'plain', d.plain) end as clock,
        d.due_at as "dueAt", d.stopped_at as "stoppedAt",
        (select count(*) from shortcoming r where r.executor = s.executor
           and r.opened_at > s.opened_at - make_interval(days => ${REPEATED_WITHIN_DAYS})
           and (r.opened_at, r.id) <= (s.opened_at, s.id)
           and r.status not in ('withdrawn', 'unfounded'))::int as repeats,
        s.opened_at::text as cursor
      from shortcoming s join agency a on a.code = s.agency_code
      join official u on u.login = s.supervisor
      left join official o on o.login = s.executor left join deadline d on d.id = s.deadline_id
      where ${conditions.length > 0 ? conditions.join(' and ') : 'true'}
      order by s.opened_at desc, s.id desc
      ${page.limit === null ? '' : `limit ${value(page.limit)}`}`,
    values: parameters.values,
  };
}
