import pg from 'pg';
import { loadProductionYears } from '../src/calendar/calendar.ts';
import { refreshFigures } from '../src/dashboard/refresh.ts';
import { openDatabase, type Database } from '../src/db/data-source.ts';
import { generateMessages } from '../src/generate/generate.ts';
import { networksOf } from '../src/networks/registry.ts';
import { createCalendars } from '../src/registry/calendars.ts';
import { importRegion } from '../src/registry/import.ts';
import { regionIn } from '../src/registry/load.ts';
import { haveAccounts, openPages, PASSWORD } from '../test/pages.ts';
import type { Stage } from '../test/stage.ts';
import type { Visitor } from '../test/visitor.ts';
import { round, type Line } from './line.ts';
import { keepPlans } from './plans.ts';
import { withPostgres } from './postgres.ts';

const ROOT = new URL('..', import.meta.url).pathname;
const SMALL = 10_000;
const LARGE = Number(process.env['OTKLIK_BENCH_MESSAGES'] ?? 1_000_000);
const TIMES = 60;

/** Figures whose name ends so are counted up for each request, as the first one after a change of these days is. */
const ANEW = ', counted anew';
/** And these as the first one after a change of every month: nothing that was counted before is of use. */
const ALL_ANEW = ', every month counted anew';
/** What is asked, as whom. */
const REQUESTS: [string, string, string][] = [
  ['figures of 30 days', 'curator', '/figures'],
  [`figures of 30 days${ANEW}`, 'curator', '/figures'],
  ['figures of a year', 'curator', '/figures?from=YEAR'],
  [`figures of a year${ANEW}`, 'curator', '/figures?from=YEAR'],
  [`figures of a year${ALL_ANEW}`, 'curator', '/figures?from=YEAR'],
  ['figures of a deputy governor', 'vice-social', '/figures'],
  ['figures of an agency in a network', 'curator', '/figures?agency=minzhkh&network=vk'],
  ['list of what is overdue', 'curator', '/messages?list=overdue'],
  ['list of what is in work', 'curator', '/messages?list=work'],
  ['list of missed deadlines', 'curator', '/messages?list=clause6&late=yes&from=YEAR'],
  ['list of an executor', 'minzdrav', '/messages?list=received'],
  ['list of a topic and a municipality', 'curator', '/messages?topic=sport&municipality=smolensk'],
];

/** The dashboard's requests over HTTP at 10,000 and at a million messages, the 95th percentile of each. */
export async function dashboardLines(): Promise<Line[]> {
  return withPostgres(async (databaseUrl) => {
    const [small, large] = [await fill(databaseUrl, SMALL), await fill(databaseUrl, LARGE)];
    try {
      return await measureBoth(small, large);
    } finally {
      for (const served of [small, large]) await served.close();
    }
  });
}

interface Served {
  db: Database;
  people: Map<string, Visitor>;
  close: () => Promise<void>;
}

async function fill(databaseUrl: string, messages: number): Promise<Served> {
  const address = new URL(databaseUrl);
  const client = new pg.Client({ connectionString: address.href });
  await client.connect();
  await client.query(`create database bench_${messages}`).finally(() => client.end());
  address.pathname = `bench_${messages}`;
  const db = await openDatabase(address.href);
  await importRegion(db, await regionIn(`${ROOT}region/smolensk`));
  const calendars = createCalendars(loadProductionYears(`${ROOT}region/calendar`));
  await generateMessages(db, calendars, { messages, seed: 7 });
  await refreshFigures({ db, calendars });
  await db.query('vacuum analyze');
  return serve(db);
}

/** Serves the pages of a filled database to people who have signed in. */
async function serve(db: Database): Promise<Served> {
  const networkSetup = { vk: 'read', ok: 'read', facebook: 'off', instagram: 'off', x: 'off' };
  const stage = { db, networks: networksOf(), networkSetup } as unknown as Stage;
  const pages = await openPages(stage);
  const logins = [...new Set(REQUESTS.map(([, login]) => login))];
  await haveAccounts(stage, ...logins);
  const people = new Map<string, Visitor>();
  for (const login of logins) {
    const visitor = pages.visitor();
    await visitor.signIn(login, PASSWORD);
    people.set(login, visitor);
  }
  return {
    db,
    people,
    close: async () => {
      await pages.close();
      await db.destroy();
    },
  };
}

/** The two sizes in turns, and the plans of the larger one's queries kept in `bench/plans`. */
async function measureBoth(small: Served, large: Served): Promise<Line[]> {
  const lines: Line[] = [];
  for (const [name, login, path] of REQUESTS) {
    const address = path.replace('YEAR', yearAgo());
    const times: [number[], number[]] = [[], []];
    for (let time = -5; time < TIMES; time++) {
      for (const [at, served] of [small, large].entries()) {
        if (name.endsWith(ANEW)) await change(served);
        if (name.endsWith(ALL_ANEW)) await changeMonths(served);
        const took = await ask(served, login, address);
        if (time >= 0) times[at]!.push(took);
      }
    }
    const [before, after] = times.map((all) => percentile(all, 0.95)) as [number, number];
    lines.push({
      name: `dashboard: ${name}`,
      value: round(after),
      unit: 'ms',
      ratio: round(after / before),
      against: `${SMALL} messages: ${round(before)} ms`,
      note: `95th percentile of ${TIMES} requests over HTTP, ${LARGE} messages`,
    });
    await keepPlans(large.db, name, /figure_day|message|deadline/, async () => {
      await changeMonths(large);
      await ask(large, login, address);
    });
  }
  return lines;
}

/** Makes what is kept of the figures out of date. */
const change = ({ db }: Served) => db.query('update figure_version set version = version + 1');

/** The same, of every month: the row that stands for it is of another counting. */
async function changeMonths(served: Served): Promise<void> {
  await served.db.query(
    `update figure_month set received = received where scope = '*' and grp = 7`,
  );
  await change(served);
}

async function ask({ people }: Served, login: string, path: string): Promise<number> {
  const start = performance.now();
  const visit = await people.get(login)?.get(path);
  if (visit?.status !== 200) throw new Error(`${path} gave ${visit?.status}`);
  return performance.now() - start;
}

const percentile = (times: number[], part: number): number =>
  [...times].sort((a, b) => a - b)[Math.ceil(times.length * part) - 1] ?? NaN;

const yearAgo = (): string => new Date(Date.now() - 365 * 86_400_000).toISOString().slice(0, 10);
