import type { Principal } from '../access/principal.ts';
import type { Tx } from '../db/data-source.ts';
import type { Cursor } from './cursor.ts';
import type { WithWork } from './message-view.ts';

/** What to list; absent: everything. Instants are half-open intervals. */
export interface Filter {
  status?: readonly string[] | undefined;
  network?: readonly string[] | undefined;
  agency?: readonly string[] | undefined;
  topic?: readonly string[] | undefined;
  municipality?: readonly string[] | undefined;
  urgent?: boolean | undefined;
  overdue?: boolean | undefined;
  /** Words, in any form; as `websearch_to_tsquery` reads them. */
  q?: string | undefined;
  detectedFrom?: Date | undefined;
  detectedTo?: Date | undefined;
  dueBefore?: Date | undefined;
}

/** By detection, the newest first; or by nearest deadline, of messages that have one. */
export type Sort = 'detected' | 'due';

type Scope = Principal['agencies'];
/** A message and the instant by which it was sorted, for the cursor. */
export type Row = WithWork & { position: string };

/** The window of a return is no deadline: it may pass with nothing amiss. */
const RUNNING = `stopped_at is null and kind <> 'return'`;
/** The engine's timer marks a miss; the clock is shown overdue at once. */
const OVERDUE = `${RUNNING} and (missed_at is not null or due_at < now())`;

const COLUMNS = `
  m.id, m.network, m.external_id as "externalId", m.kind, m.url, m.author_name as "authorName",
  m.author_url as "authorUrl", m.text, m.photos, m.published_at as "publishedAt",
  m.detected_at as "detectedAt", m.edited_at as "editedAt", m.deleted_at as "deletedAt",
  m.process_instance_key as "processInstanceKey", m.status, m.topic,
  m.subject_kind as "subjectKind", m.municipality, m.urgent, m.note, m.reason,
  m.duplicate_of as "duplicateOf", m.follow_up_of as "followUpOf", m.triaged_at as "triagedAt", m.finished_at as "finishedAt",
  (select coalesce(jsonb_agg(distinct a.agency_code order by a.agency_code), '[]')
   from assignment a where a.message_id = m.id) as agencies,
  (select jsonb_build_object('at', d.due_at, 'clause', d.clause, 'agency', d.agency_code,
     'provisional', d.provisional)
   from deadline d where d.message_id = m.id and ${RUNNING} order by d.due_at limit 1) as "nextDue",
  exists (select from deadline d where d.message_id = m.id and ${OVERDUE}) as overdue`;

/** Messages on either side of a deadline: their running clocks, the nearest of each. */
const SOURCES: Record<Sort, string> = {
  detected: 'message m',
  due: `(select message_id, min(due_at) as due from deadline where ${RUNNING} group by message_id) r
    join message m on m.id = r.message_id`,
};
const POSITIONS: Record<Sort, { column: string; after: string; order: string }> = {
  detected: { column: 'm.detected_at', after: '<', order: 'm.detected_at desc, m.id desc' },
  due: { column: 'r.due', after: '>', order: 'r.due, m.id' },
};

/** At most `limit` messages behind `cursor`, of those that `scope` lets see. */
export async function listMessages(
  tx: Tx,
  {
    filter,
    scope,
    sort,
    cursor,
    limit,
  }: { filter: Filter; scope: Scope; sort: Sort; cursor: Cursor | null; limit: number },
): Promise<Row[]> {
  const { column, after, order } = POSITIONS[sort];
  const where = conditions(filter, scope);
  if (cursor !== null) {
    where.add(
      ([at, id]) => `(${column}, m.id) ${after} (${at}::timestamptz, ${id}::uuid)`,
      [cursor.at, cursor.id],
    );
  }
  const count = where.value(limit);
  return tx.query<Row[]>(
    `select ${COLUMNS}, ${column}::text as position from ${SOURCES[sort]}
     where ${where.sql()} order by ${order} limit ${count}`,
    where.values,
  );
}

/** How many there are altogether. */
export async function countMessages(
  tx: Tx,
  { filter, scope, sort }: { filter: Filter; scope: Scope; sort: Sort },
): Promise<number> {
  const where = conditions(filter, scope);
  const [row] = await tx.query<{ count: number }[]>(
    `select count(*)::int as count from ${SOURCES[sort]} where ${where.sql()}`,
    where.values,
  );
  return row?.count ?? 0;
}

/** One message; null when it is not there or not within `scope`. */
export async function oneMessage(tx: Tx, id: string, scope: Scope): Promise<WithWork | null> {
  const where = conditions({}, scope);
  where.add(([given]) => `m.id = ${given}::uuid`, [id]);
  const [row] = await tx.query<WithWork[]>(
    `select ${COLUMNS} from message m where ${where.sql()}`,
    where.values,
  );
  return row ?? null;
}

function conditions(filter: Filter, scope: Scope) {
  const parts = ['true'];
  const values: unknown[] = [];
  const value = (given: unknown) => `$${values.push(given)}`;
  const add = (sql: (names: string[]) => string, given: unknown[]) =>
    void parts.push(sql(given.map(value)));
  const of = (given: unknown, sql: (name: string) => string) => {
    if (given !== undefined) add(([name = '']) => sql(name), [given]);
  };
  const assigned = (name: string) =>
    `exists (select from assignment a where a.message_id = m.id and a.agency_code = any(${name}))`;
  const clocks = (which: string) =>
    `exists (select from deadline d where d.message_id = m.id and ${which})`;

  if (scope !== 'all') of(scope, assigned);
  of(filter.status, (name) => `m.status = any(${name})`);
  of(filter.network, (name) => `m.network = any(${name})`);
  of(filter.agency, assigned);
  of(filter.topic, (name) => `m.topic = any(${name})`);
  of(filter.municipality, (name) => `m.municipality = any(${name})`);
  of(filter.q, wordsAre);
  of(filter.detectedFrom, (name) => `m.detected_at >= ${name}`);
  of(filter.detectedTo, (name) => `m.detected_at < ${name}`);
  of(filter.dueBefore, (name) => clocks(`${RUNNING} and due_at < ${name}`));
  if (filter.urgent !== undefined) parts.push(filter.urgent ? 'm.urgent' : 'not m.urgent');
  if (filter.overdue !== undefined) {
    parts.push(`${filter.overdue ? '' : 'not '}${clocks(OVERDUE)}`);
  }
  return { value, add, values, sql: () => parts.join(' and ') };
}

const wordsAre = (name: string) =>
  `m.id in (select message_id from message_words where words @@ websearch_to_tsquery('russian', ${name}))`;
