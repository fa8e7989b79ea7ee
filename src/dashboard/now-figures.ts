import type { Tx } from '../db/data-source.ts';
import { Parameters, messageConditions } from './narrowing.ts';
import type { Filters } from './filters.ts';
import type { Scope } from './scope.ts';

/** How things stand at this moment, in messages. */
export interface NowFigures {
  inWork: number;
  /** A clock of clause 6, 8 or 9 has run out. */
  overdue: number;
  /** The nearest such clock runs out within the hour. */
  soon: number;
  /** Since midnight of the region. */
  answeredToday: number;
}

/** The running clocks `d` of clauses 6, 8 and 9: of these agencies, or the curator's on a message of theirs. */
export const running = (agencies: readonly string[] | null, parameters: Parameters): string => {
  const clocks = `d.stopped_at is null and d.kind in ('draft', 'review', 'rework')`;
  if (agencies === null) return clocks;
  const own = parameters.add(agencies);
  return `${clocks} and case when d.kind = 'review' then exists (
      select from assignment a join message r on a.message_id = coalesce(r.duplicate_of, r.id)
      where r.id = d.message_id and a.agency_code = any(${own}) and a.status = 'drafted')
    else d.agency_code = any(${own}) end`;
};

/** The messages on which such clocks run, with the nearest instant due. */
export const runningClocks = (agencies: readonly string[] | null, parameters: Parameters): string =>
  `select d.message_id, min(d.due_at) as due from deadline d
   where ${running(agencies, parameters)} group by d.message_id`;

export const IN_WORK = `('detected', 'triage', 'assigned', 'review')`;

/** Messages of these agencies: assigned to one of them and not given back. */
export const theirs = (agencies: readonly string[] | null, parameters: Parameters): string =>
  agencies === null
    ? ''
    : ` and exists (select from assignment a where a.message_id = m.id
        and a.agency_code = any(${parameters.add(agencies)}) and a.status in ('open', 'drafted'))`;

/** Counts from the rows themselves, by the database's clock; `zone` tells when today began. */
export async function nowFigures(
  tx: Tx,
  scope: Scope,
  filters: Partial<Filters>,
  zone: string,
): Promise<NowFigures> {
  const parameters = new Parameters();
  const conditions = messageConditions(filters, parameters);
  const clocks = runningClocks(scope.agencies, parameters);
  const own = theirs(scope.agencies, parameters);
  const answering =
    scope.agencies === null
      ? ''
      : ` and exists (select from assignment a
          where a.message_id = coalesce(m.duplicate_of, m.id)
          and a.agency_code = any(${parameters.add(scope.agencies)}) and a.status = 'drafted')`;
  const [row] = await tx.query<NowFigures[]>(
    `with clock as (${clocks}), burning as (
       select due from clock join message m on m.id = clock.message_id
       where due <= now() + interval '1 hour'${conditions})
     select
       (select count(*) from message m where status in ${IN_WORK}${conditions}${own})::int as "inWork",
       (select count(*) from burning where due <= now())::int as overdue,
       (select count(*) from burning where due > now())::int as soon,
       (select count(*) from publication p join message m on m.id = p.message_id
        where p.status = 'published' and p.published_at <= now()
          and p.published_at >= date_trunc('day', now(), ${parameters.add(zone)})
          ${conditions}${answering})::int as "answeredToday"`,
    parameters.values,
  );
  return row!;
}
