import type { Tx } from '../db/data-source.ts';
import type { AgencyFigures } from '../procedure/monthly.ts';

/**
 * How each agency kept the Procedure in `[from, to)` (clause 14), by name: those that messages may
 * be sent to and those with anything to tell. `late` are limits of clause 6 that ran out in the
 * month, whether an answer came afterwards or not; lateness is that of the month's answers. A
 * shortcoming found groundless does not count; decisions on shortcomings count when they are taken.
 */
export async function agencyFigures(tx: Tx, from: Date, to: Date): Promise<AgencyFigures[]> {
  const rows = await tx.query<(AgencyFigures & { listed: boolean })[]>(SQL, [from, to]);
  return rows
    .map(({ latenessMs, longestLatenessMs, ...row }) => ({
      ...row,
      latenessMs: Number(latenessMs),
      longestLatenessMs: Number(longestLatenessMs),
    }))
    .filter(
      ({ listed, agency: _, name: __, shortName: ___, ...counts }) =>
        listed || Object.values(counts).some((count) => count > 0),
    )
    .map(({ listed: _, ...figures }) => figures);
}

const SQL = `
with
received as (
  select agency_code, count(*)::int n from assignment
  where received_at >= $1 and received_at < $2 group by 1),
answered as (
  select a.agency_code, count(*)::int n, (count(*) filter (where c.id is null))::int in_time,
    coalesce(sum(late.ms), 0)::bigint late_ms, coalesce(max(late.ms), 0) longest_ms
  from draft d join assignment a on a.id = d.assignment_id
  left join deadline c
    on c.assignment_id = d.assignment_id and c.kind = 'draft' and c.due_at < d.submitted_at
  cross join lateral (
    select floor(extract(epoch from d.submitted_at - c.due_at) * 1000)::bigint as ms) late
  where d.version = 1 and d.submitted_at >= $1 and d.submitted_at < $2 group by 1),
late as (
  select agency_code, count(*)::int n,
    (count(*) filter (where stopped_at is null or stopped_at >= $2))::int outstanding
  from deadline
  where kind = 'draft' and missed_at >= $1 and missed_at < $2 group by 1),
returned as (
  select a.agency_code, count(*)::int n, (count(*) filter (where r.late))::int late,
    (count(*) filter (where r.decision in ('redirect', 'drop')))::int accepted
  from return_request r join assignment a on a.id = r.assignment_id
  where r.returned_at >= $1 and r.returned_at < $2 group by 1),
reworked as (
  select agency_code, count(*)::int n from deadline
  where kind = 'rework' and started_at >= $1 and started_at < $2 group by 1),
faulted as (
  select agency_code, count(*)::int n from shortcoming
  where opened_at >= $1 and opened_at < $2 and coalesce(decision, '') <> 'unfounded'
    and withdrawn_at is null group by 1),
decided as (
  select agency_code, (count(*) filter (where decision = 'instruction'))::int instructions,
    (count(*) filter (where decision = 'measure'))::int measures
  from shortcoming where decided_at >= $1 and decided_at < $2 and withdrawn_at is null group by 1)
select g.code as agency, g.name, g.short_name as "shortName",
  g.active and not g.is_curator as listed,
  coalesce(received.n, 0) as received,
  coalesce(answered.n, 0) as answered,
  coalesce(answered.in_time, 0) as "inTime",
  coalesce(answered.late_ms, 0) as "latenessMs",
  coalesce(answered.longest_ms, 0) as "longestLatenessMs",
  coalesce(late.n, 0) as late,
  coalesce(late.outstanding, 0) as outstanding,
  coalesce(returned.n, 0) as returns,
  coalesce(returned.late, 0) as "lateReturns",
  coalesce(returned.accepted, 0) as "acceptedReturns",
  coalesce(reworked.n, 0) as "reworkRounds",
  coalesce(faulted.n, 0) as shortcomings,
  coalesce(decided.instructions, 0) as instructions,
  coalesce(decided.measures, 0) as measures
from agency g
left join received on received.agency_code = g.code
left join answered on answered.agency_code = g.code
left join late on late.agency_code = g.code
left join returned on returned.agency_code = g.code
left join reworked on reworked.agency_code = g.code
left join faulted on faulted.agency_code = g.code
left join decided on decided.agency_code = g.code
order by g.short_name, g.code`;
