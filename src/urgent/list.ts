import type { Tx } from '../db/data-source.ts';
import type { UrgentReport } from '../db/entities/urgent-report.ts';

/** A line of the list of reports to the Governor. */
export interface UrgentLine extends Pick<
  UrgentReport,
  | 'id'
  | 'messageId'
  | 'surgeId'
  | 'grounds'
  | 'openedAt'
  | 'status'
  | 'decisionNote'
  | 'decidedAt'
  | 'sentAt'
> {
  /** Of the message, its beginning; null: it is about a surge. */
  text: string | null;
  /** The post of whoever decided, or their login; null: nobody has. */
  decidedBy: string | null;
  /** When the mail to the Governor left; null: it waits, or there is none. */
  mailedAt: Date | null;
  /** Milliseconds from detection to sending; null: it is not sent. */
  tookMs: number | null;
}

const COLUMNS = `
  select u.id, left(m.text, 300) as text, u.message_id as "messageId", u.surge_id as "surgeId", u.grounds,
    u.opened_at as "openedAt", u.status, u.decision_note as "decisionNote",
    u.decided_at as "decidedAt", u.sent_at as "sentAt", coalesce(o.post, a.subject) as "decidedBy",
    mail.sent_at as "mailedAt",
    case when u.sent_at is not null
      then greatest(0, extract(epoch from u.sent_at - u.opened_at) * 1000)::float end as "tookMs"
  from urgent_report u
  left join message m on m.id = u.message_id
  left join audit a on a.key = 'urgent:' || u.id || ':decision'
  left join official o on o.login = a.subject
  left join outbox mail on mail.key = 'urgent:' || u.id || ':governor'`;

/** About a message of these agencies, or a surge, which is no agency's own. */
const THEIRS = `
  ($1::text[] is null or u.message_id is null or exists (
    select from assignment s where s.message_id = u.message_id and s.agency_code = any($1)))`;

/** The instants between which something was found; half-open. */
export interface Period {
  from: Date;
  to: Date;
}

/**
 * Reports to the Governor, the latest first (clause 15), of a period unless it is null; `before` goes on
 * from a page's last.
 */
export function urgentReports(
  tx: Tx,
  agencies: readonly string[] | 'all',
  { period, before, limit }: { period: Period | null; before: Date | null; limit: number },
): Promise<UrgentLine[]> {
  return tx.query(
    `${COLUMNS} where ${THEIRS} and ($2::timestamptz is null or u.opened_at < $2)
       and ($4::timestamptz is null or u.opened_at >= $4)
       and ($5::timestamptz is null or u.opened_at < $5)
     order by u.opened_at desc, u.id limit $3`,
    [agencies === 'all' ? null : agencies, before, limit, period?.from ?? null, period?.to ?? null],
  );
}

/** What was found in a period. */
export interface UrgentFigures {
  bySurge: number;
  byHand: number;
  /** Milliseconds from detection to sending, of those sent; null: none was. */
  medianMs: number | null;
}

export async function urgentFigures(
  tx: Tx,
  agencies: readonly string[] | 'all',
  { from, to }: Period,
): Promise<UrgentFigures> {
  const [figures] = await tx.query<UrgentFigures[]>(
    `select count(u.surge_id)::int as "bySurge", (count(*) - count(u.surge_id))::int as "byHand",
       percentile_cont(0.5) within group (
         order by greatest(0, extract(epoch from u.sent_at - u.opened_at) * 1000)::float)
         filter (where u.sent_at is not null) as "medianMs"
     from urgent_report u where ${THEIRS} and u.opened_at >= $2 and u.opened_at < $3`,
    [agencies === 'all' ? null : agencies, from, to],
  );
  return figures!;
}

/** One of them; null when there is none, or it is not theirs to see. */
export async function urgentReport(
  tx: Tx,
  agencies: readonly string[] | 'all',
  id: string,
): Promise<UrgentLine | null> {
  const [line] = await tx.query<UrgentLine[]>(`${COLUMNS} where ${THEIRS} and u.id = $2`, [
    agencies === 'all' ? null : agencies,
    id,
  ]);
  return line ?? null;
}

/** How soon reports of the last 30 days were sent. */
export interface Promptness {
  sent: number;
  /** Milliseconds; null: none was sent. */
  medianMs: number | null;
  longestMs: number | null;
}

export async function promptness(tx: Tx): Promise<Promptness> {
  const [row] = await tx.query<Promptness[]>(
    `select count(*)::int as sent,
       percentile_cont(0.5) within group (order by took) as "medianMs", max(took) as "longestMs"
     from (select greatest(0, extract(epoch from sent_at - opened_at) * 1000)::float as took
       from urgent_report where sent_at > now() - interval '30 days') sent`,
  );
  return row ?? { sent: 0, medianMs: null, longestMs: null };
}
