import { DateTime } from 'luxon';
import type { Database } from '../db/data-source.ts';
import { AgencyEntity } from '../db/entities/agency.ts';
import { databaseNow } from '../db/now.ts';
import { ownConnection } from '../db/own-connection.ts';
import type { Calendars } from '../registry/calendars.ts';
import { curatorAgency, regionSettings } from '../registry/queries.ts';
import { createRandom, type Random } from './random.ts';
import { tell, type Ending, type Worker, type World } from './story.ts';
import { Rows } from './tables.ts';

const BATCH = 5_000;
/** A month has at most so many messages unless the caller says over how many months they spread. */
const MONTH_MESSAGES = 25_000;
const FEWEST_MONTHS = 3;

const TOUCHED = ['assignment', 'deadline', 'return_request', 'publication', 'shortcoming'];

export interface Generated {
  messages: number;
  open: number;
  answered: number;
}

/**
 * Fills the database of an imported region with made-up messages of the months up to now, the same for
 * the same seed and time. The figures of the days are marked to be counted anew.
 */
export async function generateMessages(
  db: Database,
  calendars: Calendars,
  options: {
    messages: number;
    seed: number;
    months?: number;
    now?: Date;
    progress?: (count: number) => void;
  },
): Promise<Generated> {
  const { messages, seed } = options;
  const now = options.now ?? (await databaseNow(db.manager));
  const months = options.months ?? Math.max(FEWEST_MONTHS, Math.ceil(messages / MONTH_MESSAGES));
  const world = await worldOf(db, calendars, seed, now);
  const start = DateTime.fromJSDate(now).minus({ months }).toMillis();
  const step = (now.getTime() - start) / messages;
  const counts: Record<Ending, number> = { answered: 0, open: 0, aside: 0 };
  const client = await ownConnection(db);
  try {
    await client.query('begin');
    for (const table of TOUCHED) await client.query(`alter table ${table} disable trigger figures`);
    for (let number = 0; number < messages; number++) {
      const about = new Date(start + step * (number + world.random.next()));
      const detectedAt = byDay(about, now, world);
      counts[tell(world, `generated-${seed}-${number}`, detectedAt)] += 1;
      if ((number + 1) % BATCH === 0 || number === messages - 1) {
        await world.rows.store(client);
        if ((number + 1) % (BATCH * 10) === 0) options.progress?.(number + 1);
      }
    }
    for (const table of TOUCHED) await client.query(`alter table ${table} enable trigger figures`);
    await client.query('insert into figure_dirty (at) values (null)');
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    await client.end();
  }
  for (const table of ['message', 'draft', ...TOUCHED]) await db.query(`analyze ${table}`);
  return { messages, open: counts.open, answered: counts.answered };
}

async function worldOf(
  db: Database,
  calendars: Calendars,
  seed: number,
  now: Date,
): Promise<World> {
  const found = await db.manager.find(AgencyEntity, {
    where: { active: true },
    order: { code: 'ASC' },
  });
  const workers = found.flatMap((agency): Worker[] =>
    agency.executor === null
      ? []
      : [{ ...agency, executor: agency.executor, calendar: calendars.of(agency.hours) }],
  );
  const curator = await curatorAgency(db.manager);
  return {
    random: createRandom(seed),
    rows: new Rows(),
    settings: await regionSettings(db.manager),
    agencies: new Map(workers.filter(({ isCurator }) => !isCurator).map((it) => [it.code, it])),
    curator: {
      ...curator,
      executor: curator.executor ?? '',
      calendar: calendars.of(curator.hours),
    },
    now,
  };
}

/** People write by day, fewer at weekends: of the others most move to the weekday before. */
function byDay(about: Date, now: Date, { random, settings }: World): Date {
  let local = DateTime.fromJSDate(about, { zone: settings.zone });
  if (local.weekday > 5 && random.chance(0.6)) local = local.minus({ days: local.weekday - 5 });
  const at = local.set({ hour: hourOf(random), minute: Math.floor(random.next() * 60) }).toJSDate();
  return at <= now ? at : new Date(now.getTime() - random.next() * 3_600_000);
}

const HOURS = [1, 1, 1, 1, 1, 2, 4, 8, 12, 14, 14, 13, 13, 13, 12, 12, 12, 13, 14, 14, 12, 9, 6, 3];
const hourOf = (random: Random): number =>
  random.pick(HOURS.map((weight, hour) => [hour, weight] as const));
