import type { Database, Tx } from '../db/data-source.ts';
import { tryLock } from '../db/try-lock.ts';
import type { Calendars } from '../registry/calendars.ts';
import { regionSettings } from '../registry/queries.ts';
import { recordAnswerTimes } from './answer-times.ts';
import { COUNTS, KEYS } from './columns.ts';
import { FACTS, UNKNOWN } from './facts.ts';

/** So many days are counted in a transaction. */
const DAYS_AT_ONCE = 10;

/**
 * Counts the days anew in which something changed, the latest first; one process at a time. Triggers
 * note what changed in the transaction of the change, so nothing is missed and nothing waits.
 * Returns how many days it was.
 */
export async function refreshFigures(
  deps: { db: Database; calendars: Calendars },
  signal?: AbortSignal,
): Promise<number> {
  let counted = 0;
  for (let days = 1; days > 0 && !signal?.aborted; counted += days) {
    days = await deps.db.transaction((tx) => refreshSome(tx, deps.calendars));
  }
  let more = true;
  while (more && !signal?.aborted) more = await deps.db.transaction(addMonth);
  return counted;
}

const CHANGED = 'update figure_version set version = version + 1';

async function refreshSome(tx: Tx, calendars: Calendars): Promise<number> {
  if (!(await tryLock(tx, 'figures'))) return 0;
  const [changed] = await tx.query<{ any: boolean }[]>(
    'select exists (select from figure_dirty) as any',
  );
  if (!changed?.any) return 0;
  const { zone } = await regionSettings(tx);
  await spreadOut(tx, zone);
  const days = await takeDays(tx, zone);
  if (days.length === 0) return 0;
  const bounds = await tx.query<{ from: Date; to: Date }[]>(
    `select min(day)::date::timestamp at time zone $2 as from,
       (max(day)::date + 1)::timestamp at time zone $2 as to
     from unnest($1::date[]) day`,
    [days, zone],
  );
  const { from, to } = bounds[0]!;
  await recordAnswerTimes(tx, calendars, from, to);
  await tx.query('delete from figure_day where day = any($1::date[])', [days]);
  await tx.query(
    `delete from figure_month where month in (
       select date_trunc('month', day::timestamp)::date from unnest($1::date[]) day)`,
    [days],
  );
  await tx.query(COUNT, [from, to, zone, days]);
  await tx.query(CHANGED);
  return days.length;
}

/** "All of them" becomes a line for each day since the first message. */
async function spreadOut(tx: Tx, zone: string): Promise<void> {
  await tx.query(
    `with everything as (delete from figure_dirty where at is null returning 1)
     insert into figure_dirty (at)
     select (day::date + time '12:00') at time zone $1
     from generate_series(
       (select min(received_at) from assignment), now() + interval '1 day', '1 day') day
     where exists (select from everything)`,
    [zone],
  );
}

/** The latest changed day and those just before it. */
async function takeDays(tx: Tx, zone: string): Promise<string[]> {
  const rows = await tx.query<{ day: string }[]>(
    `with last as (select (max(at) at time zone $1)::date as day from figure_dirty),
     taken as (
       delete from figure_dirty
       where at >= ((select day from last) - ${DAYS_AT_ONCE - 1})::timestamp at time zone $1
       returning (at at time zone $1)::date as day)
     select distinct day::text as day from taken`,
    [zone],
  );
  return rows.map(({ day }) => day);
}

/** `clause6_late`: how many facts are of the kind `clause6` and late. */
const counted = COUNTS.map((column) => {
  const [what, late] = column.split('_');
  return `count(*) filter (where what = '${what}'${late ? ' and late' : ''})::integer as ${column}`;
});

const ROW = [...KEYS, ...COUNTS].join(', ');
const HOW_OFTEN =
  'array_agg(minute order by minute) as minutes, array_agg(times order by minute) as times';

const COUNT = `
with ${FACTS},
counted as (
  select (at at time zone $3)::date as day, scope,
    grouping(network, topic, municipality) as grp, network, topic, municipality, ${counted.join(', ')},
    array_agg(minutes) filter (where minutes is not null) as answers
  from fact join (
    select id as message_id, network, coalesce(topic, '${UNKNOWN}') as topic,
      coalesce(municipality, '${UNKNOWN}') as municipality
    from message) m using (message_id)
  where (at at time zone $3)::date = any($4::date[])
  group by 1, scope, cube (network, topic, municipality))
insert into figure_day (day, ${ROW}, minutes, times)
select day, ${ROW}, timed.minutes, timed.times
from counted left join lateral (
  select ${HOW_OFTEN}
  from (select minute, count(*)::integer as times from unnest(answers) minute group by 1) each
) timed on true`;

/** The latest month that is over, has figures and is not counted up yet. */
const NEXT_MONTH = `
select date_trunc('month', day::timestamp)::date::text as month from figure_day
where scope = '*' and grp = 7 and day < date_trunc('month', now() at time zone $1)::date
except select month::text from figure_month where scope = '*' and grp = 7
order by 1 desc limit 1`;

const known = (table: string): string =>
  KEYS.map((key) => `coalesce(${table}.${key}${key === 'grp' ? ', 0' : ", ''"})`).join(', ');

const COUNT_MONTH = `
with day as (
  select * from figure_day where day >= $1::date and day < $1::date + interval '1 month'),
counted as (
  select ${KEYS.join(', ')},
    ${COUNTS.map((column) => `sum(${column})::integer as ${column}`).join(', ')}
  from day group by ${KEYS.join(', ')}),
timed as (
  select ${KEYS.join(', ')}, ${HOW_OFTEN}
  from (
    select ${KEYS.join(', ')}, minute, sum(answers)::integer as times
    from day, unnest(minutes, times) as each (minute, answers)
    group by ${KEYS.join(', ')}, minute) each
  group by ${KEYS.join(', ')})
insert into figure_month (month, ${ROW}, minutes, times)
select $1::date, counted.*, timed.minutes, timed.times
from counted left join timed on (${known('counted')}) = (${known('timed')})`;

/** Counts up a month; false: there is none to count. */
async function addMonth(tx: Tx): Promise<boolean> {
  if (!(await tryLock(tx, 'figures'))) return false;
  const { zone } = await regionSettings(tx);
  const [next] = await tx.query<{ month: string }[]>(NEXT_MONTH, [zone]);
  if (!next) return false;
  // Without statistics of the days, PostgreSQL would look through all of a month for each of its rows.
  await tx.query(`select set_config('enable_nestloop', 'off', true)`);
  await tx.query(COUNT_MONTH, [next.month]);
  await tx.query(CHANGED);
  return true;
}
