import { z } from 'zod';
import type { ListCursor } from '../http/list-cursor.ts';
import type { Filters } from './filters.ts';
import { messageConditions, Parameters } from './narrowing.ts';
import { IN_WORK, runningClocks, theirs } from './now-figures.ts';
import type { Scope } from './scope.ts';

/** The figures that have a list behind them; the list has a row for each one counted. */
export const LISTS = [
  'all',
  'work',
  'overdue',
  'soon',
  'today',
  'received',
  'answered',
  'returns',
  'rework',
  'shortcomings',
  'clause6',
  'clause8',
  'clause9',
] as const;
export type ListName = (typeof LISTS)[number];

/** What is listed; stands in the address beside the filters. */
export interface Listing {
  list: ListName;
  /** Only those that were late, or only those in time. */
  late: boolean | null;
}

export const listing = z.object({
  list: z.enum(LISTS).default('all'),
  late: z.enum(['yes', 'no']).optional(),
});

/** Lists of how things stand now have no period. */
export const isOfNow = (list: ListName): boolean =>
  ['work', 'overdue', 'soon', 'today'].includes(list);

/** A row of a list. */
export interface ListRow {
  id: string;
  messageId: string;
  text: string;
  network: string;
  url: string;
  topic: string | null;
  municipality: string | null;
  status: string;
  /** Of the agency that the row is about, or of all agencies with the message, by short name. */
  agencies: string | null;
  /** What the list is ordered by: when it happened, or is due; null: no clock runs. */
  at: Date | null;
  /** For a clock: when it was due and whether it was missed. */
  dueAt: Date | null;
  late: boolean | null;
  /** For the next page. */
  cursor: string;
}

interface Query {
  sql: string;
  values: unknown[];
}

/**
 * The query of a list, in its order: running clocks by deadline, the nearest first; all else the latest
 * first. `bounds` are the instants of the period; `limit` null gives everything.
 */
export function listQuery(
  { list, late }: Listing,
  scope: Scope,
  filters: Filters,
  bounds: { from: Date; to: Date },
  zone: string,
  page: { after: ListCursor | null; limit: number | null },
): Query {
  const parameters = new Parameters();
  const base = BASES[list]({ late, scope, filters, bounds, zone, parameters });
  const ascending = ['work', 'overdue', 'soon'].includes(list);
  const [direction, beyond] = ascending ? ['asc', '>'] : ['desc', '<'];
  const lateness = late === null ? '' : ` and ${late ? '' : 'not '}r.late`;
  const after =
    page.after === null
      ? ''
      : ` and (r.at, r.id) ${beyond} (${parameters.add(page.after.at)}::timestamptz, ${parameters.add(page.after.id)}::uuid)`;
  const limit = page.limit === null ? '' : `limit ${parameters.add(page.limit)}`;
  return {
    sql: `with picked as (
        select r.* from (${base}) r join message m on m.id = r.message_id
        where true${messageConditions(filters, parameters)}${lateness}${after}
        order by r.at ${direction}, r.id ${direction} ${limit})
      select r.id, r.message_id as "messageId", left(m.text, 300) as text, m.network, m.url, m.topic,
        m.municipality, m.status, r.due as "dueAt", r.late,
        coalesce(g.short_name, (
          select string_agg(distinct b.short_name, ', ') from assignment a
          join agency b on b.code = a.agency_code
          where a.message_id = m.id and a.status in ('open', 'drafted'))) as agencies,
        ${DECIDED.has(list) ? 'r.stopped_at' : 'case when isfinite(r.at) then r.at end'} as at,
        r.at::text as cursor
      from picked r join message m on m.id = r.message_id left join agency g on g.code = r.agency
      order by r.at ${direction}, r.id ${direction}`,
    values: parameters.values,
  };
}

interface Given {
  late: boolean | null;
  scope: Scope;
  filters: Filters;
  bounds: { from: Date; to: Date };
  zone: string;
  parameters: Parameters;
}

/** The rows of each list: `id, message_id, agency, at, due, late`. */
const BASES: Record<ListName, (given: Given) => string> = {
  all: (given) =>
    `select m.id, m.id as message_id, null::text as agency, m.detected_at as at,
       null::timestamptz as due, null::boolean as late
     from message m where ${within('m.detected_at', given)}${everTheirs(given)}`,
  work: ({ scope, parameters }) =>
    `select m.id, m.id as message_id, null::text as agency, coalesce(due, 'infinity') as at, due,
       due <= now() as late
     from message m left join (${runningClocks(scope.agencies, parameters)}) c on c.message_id = m.id
     where m.status in ${IN_WORK}${theirs(scope.agencies, parameters)}`,
  overdue: (given) => clocks(given, 'due <= now()'),
  soon: (given) => clocks(given, `due > now() and due <= now() + interval '1 hour'`),
  today: (given) =>
    answers(
      given,
      `p.published_at <= now()
       and p.published_at >= date_trunc('day', now(), ${given.parameters.add(given.zone)})`,
    ),
  answered: (given) => answers(given, within('p.published_at', given)),
  received: (given) =>
    `select a.id, a.message_id, a.agency_code as agency, a.received_at as at, d.due_at as due,
       coalesce(d.missed_at is not null or (d.stopped_at is null and d.due_at <= now()), false) as late
     from assignment a
     left join lateral (select * from deadline where message_id = a.message_id
       and assignment_id = a.id and kind = 'draft' order by started_at limit 1) d on true
     where ${within('a.received_at', given)}${of('a.agency_code', given)}`,
  returns: (given) =>
    `select r.id, a.message_id, a.agency_code as agency, r.returned_at as at,
       null::timestamptz as due, r.late
     from return_request r join assignment a on a.id = r.assignment_id
     where ${within('r.returned_at', given)}${of('a.agency_code', given)}`,
  rework: (given) =>
    `select d.id, d.message_id, d.agency_code as agency, d.started_at as at, d.due_at as due,
       d.missed_at is not null as late
     from deadline d where d.kind = 'rework'
       and ${within('d.started_at', given)}${of('d.agency_code', given)}`,
  shortcomings: (given) =>
    `select s.id, s.message_id, s.agency_code as agency, s.opened_at as at,
       s.remedy_due_at as due, s.kind = 'deadline' as late
     from shortcoming s where s.withdrawn_at is null and ${within('s.opened_at', given)}${of('s.agency_code', given)}`,
  clause6: (given) =>
    given.late === true
      ? decided(given, 'draft')
      : `${decided(given, 'draft')} and (d.missed_at is not null
           or exists (select from draft where draft.assignment_id = d.assignment_id))`,
  // The curator's clock; in the lists of an agency, those on messages that it answered.
  clause8: (given) =>
    `${decided({ ...given, scope: EVERYBODY }, 'review')}${drafted(given, 'd.message_id')}`,
  clause9: (given) => decided(given, 'rework'),
};

const within = (column: string, { bounds, parameters }: Given): string =>
  `${column} >= ${parameters.add(bounds.from)} and ${column} < ${parameters.add(bounds.to)}`;

const of = (column: string, { scope, parameters }: Given): string =>
  scope.agencies === null ? '' : ` and ${column} = any(${parameters.add(scope.agencies)})`;

/** As whoever may open the message: assigned to an agency of theirs once. */
const everTheirs = ({ scope, parameters }: Given): string =>
  scope.agencies === null
    ? ''
    : ` and exists (select from assignment a where a.message_id = m.id
        and a.agency_code = any(${parameters.add(scope.agencies)}))`;

const clocks = ({ scope, parameters }: Given, condition: string): string =>
  `select message_id as id, message_id, null::text as agency, due as at, due, due <= now() as late
   from (${runningClocks(scope.agencies, parameters)}) c where ${condition}`;

const answers = (given: Given, condition: string): string =>
  `select p.id, p.message_id, null::text as agency, p.published_at as at,
     null::timestamptz as due, null::boolean as late
   from publication p where p.status = 'published' and ${condition}
     ${drafted(given, 'p.message_id')}`;

const EVERYBODY: Scope = { key: '*', agencies: null };

/** An agency of theirs took part in the answer; under a repeat, in that of its original. */
const drafted = (given: Given, messageId: string): string =>
  ` and exists (select from message r join assignment a on a.message_id = coalesce(r.duplicate_of, r.id)
      where r.id = ${messageId} and a.status = 'drafted'${of('a.agency_code', given)})`;

/** Their rows show when the work was done, which for a missed deadline is later, or never. */
const DECIDED = new Set<ListName>(['clause6', 'clause8', 'clause9']);

/** Clocks by when they were decided; the missed ones alone are found by an index of their own. */
function decided(given: Given, kind: string): string {
  const at = given.late === true ? 'd.missed_at' : 'coalesce(d.missed_at, d.stopped_at)';
  return `select d.id, d.message_id, d.agency_code as agency, ${at} as at, d.due_at as due,
       d.missed_at is not null as late, d.stopped_at
     from deadline d where d.kind = '${kind}'
       and ${within(at, given)}${of('d.agency_code', given)}`;
}
