import type { Tx } from '../db/data-source.ts';
import type { AgencyFigures } from '../procedure/monthly.ts';

/** A month and the instants between which it lies; half-open. */
export interface Period {
  month: string;
  from: Date;
  to: Date;
}

/**
 * How each agency kept the Procedure in each of the months (clause 14), by name: those that messages may
 * be sent to and those with anything to tell. `late` are limits of clause 6 that ran out in the
 * month, whether an answer came afterwards or not; lateness is that of the month's answers. A
 * shortcoming found groundless does not count; decisions on shortcomings count when they are taken.
 */
export async function agencyFigures(
  tx: Tx,
  periods: readonly Period[],
): Promise<(month: string) => AgencyFigures[]> {
  const rows = await tx.query<(AgencyFigures & { month: string; listed: boolean })[]>(SQL, [
    periods.map(({ month }) => month),
    periods.map(({ from }) => from),
    periods.map(({ to }) => to),
  ]);
  return (month) =>
    rows
      .filter((row) => row.month === month)
      .map(({ month: _, latenessMs, longestLatenessMs, ...row }) => ({
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
period as (
  select * from unnest($1::text[], $2::timestamptz[], $3::timestamptz[]) p (month, starts, ends)),
received as (
  select month, agency_code, count(*)::int n
  from period join assignment on received_at >= starts and received_at < ends group by 1, 2),
answered as (
  select p.month, a.agency_code, count(*)::int n, (count(*) filter (where c.id is null))::int in_time,
    coalesce(sum(late.ms), 0)::bigint late_ms, coalesce(max(late.ms), 0) longest_ms
  from period p
  join draft d on d.version = 1 and d.submitted_at >= p.starts and d.submitted_at < p.ends
  join assignment a on a.id = d.assignment_id
  left join deadline c
    on c.assignment_id = d.assignment_id and c.kind = 'draft' and c.due_at < d.submitted_at
  cross join lateral (
    select floor(extract(epoch from d.submitted_at - c.due_at) * 1000)::bigint as ms) late
  group by 1, 2),
late as (
  select month, agency_code, count(*)::int n,
    (count(*) filter (where stopped_at is null or stopped_at >= ends))::int outstanding
  from period join deadline on kind = 'draft' and missed_at >= starts and missed_at < ends
  group by 1, 2),
returned as (
  select month, a.agency_code, count(*)::int n, (count(*) filter (where r.late))::int late,
    (count(*) filter (where r.decision in ('redirect', 'drop')))::int accepted
  from period join return_request r on r.returned_at >= starts and r.returned_at < ends
  join assignment a on a.id = r.assignment_id group by 1, 2),
reworked as (
  select month, agency_code, count(*)::int n
  from period join deadline on kind = 'rework' and started_at >= starts and started_at < ends
  group by 1, 2),
faulted as (
  select month, agency_code, count(*)::int n
  from period join shortcoming on opened_at >= starts and opened_at < ends
    and coalesce(decision, '') <> 'unfounded' and withdrawn_at is null group by 1, 2),
decided as (
  select month, agency_code, (count(*) filter (where decision = 'instruction'))::int instructions,
    (count(*) filter (where decision = 'measure'))::int measures
  from period join shortcoming on decided_at >= starts and decided_at < ends
    and withdrawn_at is null group by 1, 2)
select month, g.code as agency, g.name, g.short_name as "shortName",
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
from period cross join (select *, code as agency_code from agency) g
left join received using (month, agency_code)
left join answered using (month, agency_code)
left join late using (month, agency_code)
left join returned using (month, agency_code)
left join reworked using (month, agency_code)
left join faulted using (month, agency_code)
left join decided using (month, agency_code)
order by g.short_name, g.code`;
