import { DateTime } from 'luxon';
import type { Tx } from '../db/data-source.ts';
import type { Calendars } from '../registry/calendars.ts';
import type { CalendarDefinition } from '../calendar/definition.ts';

/**
 * Keeps the working minutes that each answer published in `[from, to)` took, begun ones counted: from
 * the receipt by the first agency that answered, by that agency's calendar, to the publication. Kept once,
 * so that a later change of hours does not rewrite what was.
 */
export async function recordAnswerTimes(
  tx: Tx,
  calendars: Calendars,
  from: Date,
  to: Date,
): Promise<void> {
  const rows = await tx.query<
    { messageId: string; agency: string; receivedAt: Date; publishedAt: Date }[]
  >(
    `select distinct on (p.message_id) p.message_id as "messageId", a.agency_code as agency,
       a.received_at as "receivedAt", p.published_at as "publishedAt"
     from publication p join assignment a on a.message_id = p.message_id and a.status = 'drafted'
     where p.status = 'published' and p.published_at >= $1 and p.published_at < $2
       and not exists (select from answer_time t where t.message_id = p.message_id)
     order by p.message_id, a.received_at, a.id`,
    [from, to],
  );
  if (rows.length === 0) return;
  const agencies = await tx.query<{ code: string; hours: CalendarDefinition }[]>(
    'select code, hours from agency',
  );
  const hours = new Map(agencies.map((agency) => [agency.code, agency.hours]));
  const minutes = rows.map(({ agency, receivedAt, publishedAt }) =>
    workingMinutes(calendars, hours.get(agency)!, receivedAt, publishedAt),
  );
  await tx.query(
    `insert into answer_time (message_id, minutes)
     select * from unnest($1::uuid[], $2::integer[]) on conflict do nothing`,
    [rows.map(({ messageId }) => messageId), minutes],
  );
}

/** Working minutes between two instants, a begun one counted. */
export function workingMinutes(
  calendars: Calendars,
  hours: CalendarDefinition,
  from: Date,
  to: Date,
): number {
  const elapsed = calendars.of(hours).elapsed(DateTime.fromJSDate(from), DateTime.fromJSDate(to));
  return Math.ceil(elapsed.toMillis() / 60_000);
}
