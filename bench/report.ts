import type { Readable } from 'node:stream';
import pg from 'pg';
import { openDatabase, type Database } from '../src/db/data-source.ts';
import { MonthlyReportEntity } from '../src/db/entities/monthly-report.ts';
import type { MonthlyRows } from '../src/procedure/monthly.ts';
import { importRegion } from '../src/registry/import.ts';
import { regionIn } from '../src/registry/load.ts';
import { monthlyDocument } from '../src/report/document.ts';
import { computeFigures } from '../src/report/figures.ts';
import { boundsOf, monthsBack } from '../src/report/month.ts';
import { packRows } from '../src/report/rows.ts';
import { readRows, readSnapshot, takeSnapshot } from '../src/report/snapshot.ts';
import { monthlyWorkbook } from '../src/report/workbook.ts';
import { round, type Line } from './line.ts';
import { keepPlans } from './plans.ts';
import { withPostgres } from './postgres.ts';

const ROOT = new URL('..', import.meta.url).pathname;
const MESSAGES = Number(process.env['OTKLIK_BENCH_MESSAGES'] ?? 1_000_000);
/** Over which the messages are spread. */
const MONTHS = 24;
const MONTH = '2026-10';
const LIMIT_S = 10;
/** Closed months before it. */
const CLOSED = 13;

/** The summary of a month (clause 14) where there are a million messages of two years. */
export async function reportLines(): Promise<Line[]> {
  return withPostgres(async (databaseUrl) => {
    const db = await openDatabase(databaseUrl);
    try {
      await importRegion(db, await regionIn(`${ROOT}region/smolensk`));
      await fill(databaseUrl);
      await closeMonthsBefore(db);
      return await measure(db);
    } finally {
      await db.destroy();
    }
  });
}

async function measure(db: Database): Promise<Line[]> {
  const given = { month: MONTH, at: boundsOf(MONTH, 'UTC').to, preliminary: false };
  const lines: Line[] = [];
  await db.transaction('REPEATABLE READ', async (tx) => {
    const [read, snapshot] = await timed(() => readSnapshot(tx, given));
    const [printed, document] = await timed(() => monthlyDocument(snapshot));
    const { messages } = snapshot.figures;
    lines.push({
      name: 'monthly document',
      ...limited(read + printed),
      note: `a month of ${messages} messages out of ${MESSAGES}: figures, comparisons and ${CLOSED} closed months read in ${round(read)} s, ${kilobytes(document.length)} kB written`,
    });
    const [rowsRead, rows] = await timed(() => readRows(tx, snapshot));
    const [written, bytes] = await timed(() => drained(monthlyWorkbook({ snapshot, rows })));
    const count = Object.values(rows).reduce((sum, { length }) => sum + length, 0);
    lines.push({
      name: 'monthly workbook',
      ...limited(rowsRead + written),
      note: `of the same month: ${count} rows read in ${round(rowsRead)} s, ${kilobytes(bytes)} kB streamed`,
    });
    const [packed, kept] = await timed(() => packRows(rows));
    lines.push({
      name: 'monthly data compiled',
      ...limited(read + rowsRead + packed),
      note: `figures and rows of the same month read and packed to be kept, ${kilobytes(kept.length)} kB`,
    });
  });
  await keepPlans(db, 'monthly data', /message|assignment|deadline/, () =>
    takeSnapshot(db.manager, given),
  );
  return lines;
}

const limited = (seconds: number) => ({
  value: round(seconds),
  unit: 's',
  ratio: round(seconds / LIMIT_S),
  against: `limit: ${LIMIT_S} s`,
});

async function timed<T>(act: () => Promise<T>): Promise<[seconds: number, T]> {
  const started = performance.now();
  const done = await act();
  return [(performance.now() - started) / 1_000, done];
}

/** How many bytes there were. */
async function drained(stream: Readable): Promise<number> {
  let bytes = 0;
  for await (const part of stream) bytes += (part as Buffer).length;
  return bytes;
}

const kilobytes = (bytes: number): number => Math.round(bytes / 1_024);

/** A month is compiled beside the closed ones before it, which are counted again for corrections. */
async function closeMonthsBefore(db: Database): Promise<void> {
  const given = { month: MONTH, at: boundsOf(MONTH, 'UTC').to, preliminary: false };
  const snapshot = await readSnapshot(db.manager, given);
  const rows = await packRows({} as MonthlyRows);
  const months = Array.from({ length: CLOSED }, (_, at) => monthsBack(MONTH, at + 1));
  const figuresOf = await computeFigures(db.manager, months);
  for (const month of months) {
    await db.manager.insert(MonthlyReportEntity, {
      month,
      status: 'sent',
      snapshot: { ...snapshot, month, figures: figuresOf(month) },
      rows,
      compiledAt: given.at,
    });
  }
}

/** Messages, each with an assignment, its clock and most with a draft and a publication. */
async function fill(databaseUrl: string): Promise<void> {
  const { from } = boundsOf(MONTH, 'UTC');
  // Not the application's connection, which gives a statement up after half a minute.
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    // Nothing here breaks a reference; checking a million of them is not what is measured.
    await client.query('set session_replication_role = replica');
    await client.query(
      `create temporary table made as
       select n, gen_random_uuid() as id, gen_random_uuid() as assignment, a.code, a.executor,
         a.supervisor,
         $1::timestamptz + interval '1 month' - (n::float / $2) * interval '1 month' * $3 as at
       from generate_series(1, $2::int) n
       join (select code, executor, supervisor, row_number() over (order by code) - 1 as k,
               count(*) over () as agencies from agency where not is_curator) a
         on a.k = n % a.agencies`,
      [from, MESSAGES, MONTHS],
    );
    for (const statement of INSERTS) await client.query(statement);
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
}

const INSERTS = [
  `insert into message (id, network, external_id, kind, url, author_name, text, published_at,
     detected_at, status, topic, subject_kind, municipality, triaged_at, finished_at)
   select id, case n % 3 when 0 then 'ok' else 'vk' end, n::text, 'post',
     'https://vk.com/wall-1_' || n, 'Автор ' || n, 'Когда заделают яму на улице Ленина?', at, at,
     case when n % 11 = 0 then 'not-relevant' else 'answered' end,
     (array['roads', 'health', 'housing', 'waste', 'education', 'heating'])[1 + n % 6],
     (array['complaint', 'request', 'question', 'proposal', 'statement'])[1 + n % 5],
     (array['smolensk', 'vyazemsky', 'roslavlsky', 'safonovsky'])[1 + n % 4],
     at + interval '20 minutes', at + interval '9 hours' from made`,
  `insert into assignment (id, source_key, message_id, agency_code, executor, received_at, status)
   select assignment, assignment::text, id, code, executor, at + interval '20 minutes', 'drafted'
   from made where n % 11 <> 0`,
  `insert into deadline (id, source_key, kind, clause, message_id, assignment_id, agency_code,
     executor, started_at, limit_duration, plain, due_at, provisional, spent, stopped_at, missed_at)
   select gen_random_uuid(), 'd' || n, 'draft', 6, id, assignment, code, executor,
     at + interval '20 minutes', 'PT8H', false, at + interval '8 hours', false, '[]',
     at + interval '6 hours' + n % 12 * interval '15 minutes',
     case when n % 12 > 8 then at + interval '8 hours' end from made where n % 11 <> 0`,
  `insert into draft (id, source_key, assignment_id, version, text, submitted_at)
   select gen_random_uuid(), 't' || n, assignment, 1, 'Яма будет заделана до пятницы.',
     at + interval '6 hours' + n % 12 * interval '15 minutes' from made where n % 11 <> 0`,
  `insert into publication (id, message_id, answer_id, guid, status, permalink, reserved_at,
     published_at)
   select gen_random_uuid(), id, gen_random_uuid(), n::text, 'published',
     'https://vk.com/wall-1_' || n || '?reply=1', at + interval '9 hours', at + interval '9 hours'
   from made where n % 11 <> 0`,
  `insert into return_request (id, source_key, assignment_id, grounds, returned_at, late, decision)
   select gen_random_uuid(), 'r' || n, assignment, 'Дорога частная', at + interval '45 minutes',
     n % 2 = 0, case n % 3 when 0 then 'redirect' else 'refuse' end
   from made where n % 11 <> 0 and n % 17 = 0`,
  `insert into shortcoming (id, source_key, kind, message_id, assignment_id, agency_code, executor,
     supervisor, description, opened_at, status, decision, decided_at)
   select gen_random_uuid(), 's' || n, 'deadline', id, assignment, code, executor, supervisor,
     'Пропущен срок', at + interval '8 hours', 'measure', 'measure', at + interval '2 days'
   from made where n % 11 <> 0 and n % 12 > 8`,
];
