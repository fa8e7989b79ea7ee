/**
 * Everything that the dashboard counts as having happened in a period, as SQL over the rows of the
 * Procedure: one row for each event and each circle of agencies that it belongs to.
 *
 * A clock counts on the day it ran out, or else on the day it stopped (clauses 6, 8, 9). Clause 6 counts
 * clocks that ran out and those under which a draft came; a return in time ends the clock without
 * either. Clause 5 counts returns. An answer, and the curator's clock of clause 8, counts once in each
 * circle with an agency that took part; under a repeat it is the answer of those who answered its original.
 * Parameters: $1, $2 the instants, half-open.
 */
export const FACTS = `
scopes as materialized (
  select '*' as scope, code as agency from agency
  union all select code, code from agency
  union all select '@' || supervisor, code from agency
  union all select '@' || executor, code from agency where executor in (
    select executor from agency where executor is not null group by 1 having count(*) > 1)),
event as (
  select received_at as at, message_id, agency_code as agency, 'received' as what, false as late
  from assignment where received_at >= $1 and received_at < $2
  union all
  select r.returned_at, a.message_id, a.agency_code, 'returns', r.late
  from return_request r join assignment a on a.id = r.assignment_id
  where r.returned_at >= $1 and r.returned_at < $2
  union all
  select coalesce(d.missed_at, d.stopped_at), d.message_id, d.agency_code,
    case d.kind when 'draft' then 'clause6' else 'clause9' end, d.missed_at is not null
  from deadline d
  where d.kind in ('draft', 'rework')
    and coalesce(d.missed_at, d.stopped_at) >= $1 and coalesce(d.missed_at, d.stopped_at) < $2
    and (d.kind <> 'draft' or d.missed_at is not null
      or exists (select from draft where draft.assignment_id = d.assignment_id))
  union all
  select started_at, message_id, agency_code, 'rework', false
  from deadline where kind = 'rework' and started_at >= $1 and started_at < $2
  union all
  select opened_at, message_id, agency_code, 'shortcomings', false
  from shortcoming where opened_at >= $1 and opened_at < $2 and withdrawn_at is null),
answered as (
  select distinct s.scope, p.published_at as at, p.message_id
  from publication p
  join message m on m.id = p.message_id
  join assignment a on a.message_id = coalesce(m.duplicate_of, m.id) and a.status = 'drafted'
  join scopes s on s.agency = a.agency_code
  where p.status = 'published' and p.published_at >= $1 and p.published_at < $2),
reviewed as (
  select distinct s.scope, coalesce(d.missed_at, d.stopped_at) as at, d.message_id,
    d.missed_at is not null as late, d.id
  from deadline d
  join message m on m.id = d.message_id
  join assignment a on a.message_id = coalesce(m.duplicate_of, m.id) and a.status = 'drafted'
  join scopes s on s.agency = a.agency_code
  where d.kind = 'review'
    and coalesce(d.missed_at, d.stopped_at) >= $1 and coalesce(d.missed_at, d.stopped_at) < $2),
fact as (
  select scope, at, message_id, what, late, null::integer as minutes
  from event join scopes using (agency)
  union all
  select scope, at, message_id, 'clause8', late, null from reviewed
  union all
  select scope, at, message_id, 'answered', false, minutes
  from answered left join answer_time using (message_id))`;

/** What stands for a message without a topic or municipality. */
export const UNKNOWN = 'unknown';
