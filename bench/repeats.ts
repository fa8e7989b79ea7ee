import { writeFile } from 'node:fs/promises';
import { openDatabase, type Database } from '../src/db/data-source.ts';
import { MessageEntity } from '../src/db/entities/message.ts';
import { createRandom } from '../src/generate/random.ts';
import { letters } from '../src/route/letters.ts';
import { FIND, likelyRepeats } from '../src/route/likely-repeats.ts';
import { sketch, trigrams } from '../src/route/sketch.ts';
import { round, type Line } from './line.ts';
import { withPostgres } from './postgres.ts';
import { vocabulary } from './vocabulary.ts';

const MESSAGES = Number(process.env['OTKLIK_BENCH_MESSAGES'] ?? 1_000_000);
/** Of them in the window of two weeks: ten times what a large region gets. */
const RECENT = Math.min(50_000, MESSAGES);
const BATCH = 10_000;
const TIMES = 30;
const ROOT = new URL('../', import.meta.url);
const PLAN = new URL('bench/plans/repeats.txt', ROOT);

/**
 * Likely repeats of a message, at a million messages: the whole question as triage asks it, beside a
 * comparison with every text of the window. The plan is kept in `bench/plans`.
 */
export async function repeatsLines(): Promise<Line[]> {
  return withPostgres(async (url) => {
    const db = await openDatabase(url);
    try {
      await fill(db);
      const ours = await times(db, TIMES, (tx, message) => likelyRepeats(tx, message, 'P14D'));
      const theirs = await times(db, 3, (tx, { text }) =>
        tx.query(
          'select message_id from compared where similarity(letters, $1) >= 0.5 order by similarity(letters, $1) desc limit 5',
          [letters(text)],
        ),
      );
      await keepPlan(db);
      const [value, against] = [median(ours), median(theirs)];
      return [
        {
          name: 'likely repeats of a message',
          value: round(value),
          unit: 'ms',
          ratio: round(value / against),
          against: `every text of the window compared by pg_trgm: ${round(against)} ms`,
          note: `${MESSAGES} messages, ${RECENT} of them in the window; median of ${TIMES}, the slowest ${round(Math.max(...ours))} ms`,
        },
      ];
    } finally {
      await db.destroy();
    }
  });
}

const random = createRandom(7);
const aText = (): string =>
  Array.from({ length: 8 + Math.floor(random.next() * 50) }, () => random.one(vocabulary)).join(
    ' ',
  );

async function fill(db: Database): Promise<void> {
  await db.query('create table compared (message_id uuid, letters text)');
  for (let from = 0; from < MESSAGES; from += BATCH) {
    const rows = Array.from({ length: Math.min(BATCH, MESSAGES - from) }, (_, index) => {
      const text = aText();
      const own = letters(text);
      return { n: from + index, text, letters: own, trigrams: trigrams(own), sketch: sketch(own) };
    });
    await db.query(INSERT, [JSON.stringify(rows), MESSAGES, MESSAGES - RECENT]);
  }
  await db.query('vacuum analyze likeness');
  await db.query('analyze message');
}

/** A year and a half of messages, and of the last two weeks what they are compared by. */
const INSERT = `
with given as (
  select md5(n::text)::uuid as id, n, text, letters, trigrams, sketch,
    case when n < $3::int then now() - interval '15 days' - ($3::int - n) * interval '45 seconds'
      else now() - ($2::int - n) * interval '24 seconds' end as at
  from json_to_recordset($1) as g (n integer, text text, letters text, trigrams integer[], sketch integer[])),
stored as (
  insert into message (id, network, external_id, kind, url, author_url, text, published_at,
    detected_at, status)
  select id, 'vk', '-1_' || n, 'post', 'https://vk.com/wall-1_' || n,
    'https://vk.com/id' || n % 50000, text, at, at, 'triage' from given),
compared as (
  insert into compared select id, letters from given where n >= $3::int)
insert into likeness (message_id, at, thread, trigrams, sketch)
select id, at, 'vk.com/wall-1_' || n, trigrams, sketch from given where n >= $3::int`;

async function times(
  db: Database,
  count: number,
  ask: (tx: Database['manager'], message: Parameters<typeof likelyRepeats>[1]) => Promise<unknown>,
): Promise<number[]> {
  const ids = await db.query<{ id: string }[]>(
    'select message_id as id from likeness order by md5(message_id::text) limit $1',
    [count],
  );
  const found: number[] = [];
  for (const { id } of ids) {
    const message = await db.manager.findOneByOrFail(MessageEntity, { id });
    const started = performance.now();
    await db.transaction((tx) => ask(tx, message));
    found.push(performance.now() - started);
  }
  return found;
}

async function keepPlan(db: Database): Promise<void> {
  const [message] = await db.manager.find(MessageEntity, {
    order: { detectedAt: 'desc' },
    take: 1,
  });
  const plan = await db.query<{ 'QUERY PLAN': string }[]>(
    `explain (analyze, timing off, summary off, buffers off) ${FIND}`,
    [message!.id, 14 * 86_400, message!.authorUrl],
  );
  await writeFile(PLAN, `${plan.map((row) => row['QUERY PLAN']).join('\n')}\n`);
}

const median = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
