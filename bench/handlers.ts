import { randomUUID } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { createSandbox, type Sandbox } from '../sandbox/sandbox.ts';
import { openDatabase, type Database } from '../src/db/data-source.ts';
import type { Handler } from '../src/engine/worker.ts';
import { log } from '../src/log.ts';
import { takeIn } from '../src/monitor/intake.ts';
import type { Network } from '../src/networks/port.ts';
import { importRegion } from '../src/registry/import.ts';
import { regionIn } from '../src/registry/load.ts';
import { copyOfDemoRegion } from '../test/region.ts';
import { vkAt } from '../test/vk.ts';
import { newPosts } from './intake-posts.ts';
import { round, type Line } from './line.ts';
import { withPostgres } from './postgres.ts';
import { realHandlers, SUBMISSIONS } from './throughput.ts';

const MESSAGES = 500;
const ROUNDS = 4;
/** As many messages are on their way at once. */
const AT_ONCE = 24;
const TICKS_A_SECOND = 100;

type Variables = Record<string, unknown>;

/** The jobs of a message that one agency answers, and what the diagram gives them beside the variables. */
const STEPS: [type: Handler['type'], given: (variables: Variables) => Variables][] = [
  ['claim-message', () => ({})],
  ['propose-competence', () => ({ competence: [{ agency: 'minzhkh', topic: 'heating' }] })],
  ['record-triage', () => ({ triage: SUBMISSIONS['triage'] })],
  ['assign-executor', () => ({ agencyCode: 'minzhkh' })],
  ['notify-executor', assignmentOf],
  ['record-draft', (it) => ({ ...assignmentOf(it), submission: SUBMISSIONS['prepare-draft'] })],
  ['start-review-clock', () => ({})],
  ['take-draft', () => ({})],
  ['check-format', () => ({})],
  ['record-review', () => ({ reviewDecision: SUBMISSIONS['review-answer'] })],
  ['publish-answer', () => ({})],
  ['record-publication', () => ({})],
];

/**
 * What the handlers of one message cost, without an engine: processor time of the application, with the
 * network's stand-in in it, and of PostgreSQL. Two minutes, where the whole diagram takes twenty; mails are
 * not sent.
 */
export async function handlersLines(): Promise<Line[]> {
  log.level = 'fatal';
  const rounds = await withPostgres(async (url) => {
    const sandbox = await createSandbox({ port: 0, smtpPort: 0, vk: { rateLimit: false } });
    const region = await copyOfDemoRegion();
    const db = await openDatabase(url);
    try {
      await importRegion(db, await regionIn(region.dir));
      const { userToken: user, groupToken: group } = sandbox.vk.options;
      const vk = vkAt(sandbox.vk.url, { user, group });
      const spent: Spent[] = [];
      for (let number = 0; number <= ROUNDS; number++)
        spent.push(await oneRound({ db, sandbox, vk }, number));
      // The first is the one in which everything is compiled and planned.
      return spent.slice(1);
    } finally {
      await db.destroy();
      await sandbox.close();
      await rm(region.dir, { recursive: true });
    }
  });
  const note = `${ROUNDS * MESSAGES} messages, each once through ${STEPS.length} jobs, after ${MESSAGES} that do not count`;
  return (['application', 'postgres'] as const).map((part) => ({
    name: `handlers of a message, ${part}`,
    value: round(rounds.reduce((all, it) => all + it[part], 0) / (ROUNDS * MESSAGES)),
    unit: 'ms of a processor',
    ratio: null,
    against: null,
    note,
  }));
}

/** Milliseconds of a processor. */
interface Spent {
  application: number;
  postgres: number;
}

async function oneRound(
  { db, sandbox, vk }: { db: Database; sandbox: Sandbox; vk: Network },
  number: number,
): Promise<Spent> {
  const handlers = new Map(realHandlers({ db, vk }).map((it) => [it.type, it]));
  const posts = newPosts(number * MESSAGES, MESSAGES).map(({ text }) =>
    sandbox.vk.post({ text: `Смоленск. ${text}` }),
  );
  const search = vk.sources(['Смоленск']).at(-1)!;
  for await (const page of search.read(null, new AbortController().signal))
    await takeIn(db, page.found, new Date());
  const waiting = await db.query<{ id: string }[]>(
    `select id from message where status = 'detected' order by published_at`,
  );
  const ids = waiting.map(({ id }) => id);
  const [postgres, application] = [await postgresMs(db), process.cpuUsage()];
  const work = async () => {
    for (let id = ids.shift(); id !== undefined; id = ids.shift()) await oneMessage(handlers, id);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const { user, system } = process.cpuUsage(application);
  const spent = {
    application: (user + system) / 1_000,
    postgres: (await postgresMs(db)) - postgres,
  };
  for (const post of posts) sandbox.vk.delete(post);
  return spent;
}

async function oneMessage(handlers: Map<Handler['type'], Handler>, messageId: string) {
  const processInstanceKey = randomUUID();
  const variables: Variables = { messageId };
  for (const [type, given] of STEPS) {
    const handler = handlers.get(type)!;
    const all: Variables = { ...variables, ...given(variables), at: new Date().toISOString() };
    const fetched = Object.fromEntries(handler.fetch.map((name) => [name, all[name]]));
    const output = await handler.run(fetched, {
      sourceKey: randomUUID(),
      processInstanceKey,
      elementId: type,
      signal: new AbortController().signal,
    });
    Object.assign(variables, output);
  }
}

function assignmentOf({ assignment }: Variables): Variables {
  return { assignmentId: (assignment as { id: string }).id };
}

/** Of the server that `db` is on, sessions that have ended included; Linux alone tells it. */
async function postgresMs(db: Database): Promise<number> {
  const [session] = await db.query<{ pid: number }[]>('select pg_backend_pid() as pid');
  const server = (await processOf(String(session?.pid))).parent;
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const processes = await Promise.all(pids.map((pid) => processOf(pid).catch(() => null)));
  const ticks = processes.map((it) =>
    it?.pid === server ? it.own + it.ended : it?.parent === server ? it.own : 0,
  );
  return (ticks.reduce((all, it) => all + it, 0) * 1_000) / TICKS_A_SECOND;
}

/** See proc_pid_stat(5): ticks of a process, and of its children that have ended. */
async function processOf(pid: string) {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [user, system, endedUser, endedSystem] = fields.slice(11, 15).map(Number);
  return {
    pid: Number(pid),
    parent: Number(fields[1]),
    own: user! + system!,
    ended: endedUser! + endedSystem!,
  };
}
