import { Gauge, type Registry } from 'prom-client';
import { STATUSES } from '../api/words.ts';
import type { Database } from '../db/data-source.ts';

/** Clauses of the Procedure that set a time limit. */
const CLAUSES = [5, 6, 8, 9, 13];
/** A notice refused oftener than this needs a person to look. */
const MANY_ATTEMPTS = 5;

type Row = Record<string, string | number | null>;

/**
 * Gauges that are read from the database at each scrape, so that they hold for all processes together.
 * A measurement without a value (nothing waits, never read) is left out or zero, as its help says.
 */
export function databaseMetrics(db: Database, register: Registry): void {
  const gauge = (
    name: string,
    help: string,
    sql: string,
    label?: string,
    known: readonly (string | number)[] = [],
  ) =>
    new Gauge({
      name: `otklik_${name}`,
      help,
      labelNames: label === undefined ? [] : [label],
      registers: [register],
      async collect() {
        const rows = await db.query<Row[]>(sql);
        this.reset();
        for (const value of known) this.set({ [label ?? '']: value }, 0);
        for (const { label: of, value } of rows) {
          if (value === null) continue;
          this.set(label === undefined ? {} : { [label]: String(of) }, Number(value));
        }
      },
    });

  gauge(
    'messages',
    'Messages by status',
    'select status as label, count(*)::int as value from message group by status',
    'status',
    STATUSES,
  );
  gauge(
    'clocks_running',
    'Time limits that run, by clause',
    `select clause as label, count(*)::int as value from deadline
     where stopped_at is null and (kind <> 'return' or due_at > now()) group by clause`,
    'clause',
    CLAUSES,
  );
  gauge(
    'clocks_overdue',
    'Time limits that run and have passed, by clause; the window of a return is none',
    `select clause as label, count(*)::int as value from deadline
     where stopped_at is null and kind <> 'return' and (missed_at is not null or due_at < now())
     group by clause`,
    'clause',
    CLAUSES,
  );
  gauge(
    'urgent_reports',
    'Reports to the Governor by status (clause 15)',
    'select status as label, count(*)::int as value from urgent_report group by status',
    'status',
    ['open', 'confirmed', 'rejected', 'sent'],
  );
  gauge(
    'urgent_reports_oldest_seconds',
    'Age of the oldest that is neither sent nor rejected; zero when none waits',
    `select coalesce(extract(epoch from now() - min(opened_at)), 0)::float as value
     from urgent_report where status in ('open', 'confirmed')`,
  );
  gauge(
    'urgent_report_seconds',
    'From detection to sending, of the last 30 days, by quantile; left out when none was sent',
    `select quantile as label, percentile_cont(quantile) within group (
         order by greatest(0, extract(epoch from sent_at - opened_at))) as value
     from urgent_report, unnest(array[0.5, 1]) quantile
     where sent_at > now() - interval '30 days' group by quantile`,
    'quantile',
  );
  gauge(
    'surges',
    'Surges of messages that go on',
    'select count(*)::int as value from surge where ended_at is null',
  );
  gauge(
    'process_starts_waiting',
    'Starts of processes that the engine has yet to confirm',
    'select count(*)::int as value from process_start where confirmed_at is null',
  );
  gauge(
    'process_starts_oldest_seconds',
    'Age of the oldest of them; zero when none waits',
    `select coalesce(extract(epoch from now() - min(created_at)), 0)::float as value
     from process_start where confirmed_at is null`,
  );
  gauge(
    'outbox_waiting',
    'Notices that are not sent yet',
    'select count(*)::int as value from outbox where sent_at is null',
  );
  gauge(
    'outbox_oldest_seconds',
    'Age of the oldest of them; zero when none waits',
    `select coalesce(extract(epoch from now() - min(created_at)), 0)::float as value
     from outbox where sent_at is null`,
  );
  gauge(
    'outbox_refused',
    `Notices tried more than ${MANY_ATTEMPTS} times and not sent`,
    `select count(*)::int as value from outbox where sent_at is null and attempts > ${MANY_ATTEMPTS}`,
  );
  gauge(
    'poll_success_age_seconds',
    'Since a network was last read; left out when it never was',
    `select network as label, extract(epoch from now() - max(last_success_at))::float as value
     from poll_cursor group by network`,
    'network',
  );
  gauge(
    'poll_sources_failing',
    'Sources of a network whose last reading failed',
    `select network as label, count(*) filter (
       where last_error is not null and lease_until > now() - interval '1 hour')::int as value
     from poll_cursor group by network`,
    'network',
  );
}
