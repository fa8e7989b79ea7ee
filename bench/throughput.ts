import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { createSandbox, type Sandbox } from '../sandbox/sandbox.ts';
import { createStorage } from '../src/attachments/create-storage.ts';
import { loadProductionYears } from '../src/calendar/calendar.ts';
import { openDatabase, type Database } from '../src/db/data-source.ts';
import { disciplineHandlers } from '../src/discipline/handlers.ts';
import { connectEngine, type Engine } from '../src/engine/client.ts';
import { deploy } from '../src/engine/deploy.ts';
import { recordingPath } from '../src/engine/recording-path.ts';
import { publishStarts, STARTS_AT_ONCE, STARTS_EVERY_MS } from '../src/engine/starter.ts';
import { startWorkers, type Handler } from '../src/engine/worker.ts';
import { log } from '../src/log.ts';
import { startLoop } from '../src/loop.ts';
import { takeIn } from '../src/monitor/intake.ts';
import type { FoundPost, Network } from '../src/networks/port.ts';
import { networksOf } from '../src/networks/registry.ts';
import { createChannels } from '../src/notify/channels.ts';
import { sendDue } from '../src/notify/outbox.ts';
import { prepareHandlers } from '../src/prepare/handlers.ts';
import { publishHandlers } from '../src/publish/handlers.ts';
import { createCalendars } from '../src/registry/calendars.ts';
import { importRegion } from '../src/registry/import.ts';
import { regionIn } from '../src/registry/load.ts';
import { reviewHandlers } from '../src/review/handlers.ts';
import { routeHandlers } from '../src/route/handlers.ts';
import { startTemporaryStack } from '../stack/temporary.ts';
import { copyOfDemoRegion } from '../test/region.ts';
import { vkAt } from '../test/vk.ts';
import { newPosts } from './intake-posts.ts';
import { round, type Line } from './line.ts';
import { untilShown } from './shown.ts';
import { completeUserTasks, type Submissions } from './user-tasks.ts';

const ROOT = new URL('..', import.meta.url).pathname;
const MESSAGES = 600;
/** Even, so that each side goes first as often. */
const ROUNDS = 4;
/** As gRPC numbers it. */
const RESOURCE_EXHAUSTED = 8;
const UNIT = 'messages/s';
const LONGEST_MS = 15 * 60_000;
/** The last job of a message that is answered. */
const LAST_JOB = 'record-publication';

/** What people send in the forms of a message that one agency answers. */
export const SUBMISSIONS: Submissions = {
  triage: {
    decision: 'take',
    agencies: ['minzhkh'],
    topic: 'heating',
    kind: 'complaint',
    municipality: 'smolensk',
    urgent: false,
    note: null,
    reason: null,
    duplicateOf: null,
  },
  'prepare-draft': {
    outcome: 'draft',
    text: 'Отопление включено.',
    grounds: null,
    competentAgency: null,
  },
  'review-answer': { decision: 'publish', reworkAssignments: null, remarks: null, fault: null },
};

/**
 * Messages through the whole diagram, from the post in the network to the reply under it, user tasks
 * completed at once; beside the same diagram on the same broker with handlers that do nothing but return
 * what the real ones returned. Both take turns, on the stack as a region runs it. Each turn begins when
 * Operate and Tasklist show all of the one before, so that no turn works on what another left.
 */
export async function throughputLines(): Promise<Line[]> {
  log.level = 'fatal';
  const { ours, idle } = await withEverything(async (it) => {
    const real = realHandlers(it);
    const recorded = real.map(recording);
    let [posted, processes] = [0, 0];
    const turn = async (run: () => Promise<number>): Promise<number> => {
      const seconds = await run();
      processes += MESSAGES;
      const tasks = processes * Object.keys(SUBMISSIONS).length;
      await untilShown(it.opensearch, { processes, tasks });
      return seconds;
    };
    const withReal = (handlers: readonly Handler[]) => {
      const posts = newPosts(posted, MESSAGES);
      posted += MESSAGES;
      return turn(() => realRound(it, posts, handlers));
    };
    await withReal(recorded.map(({ recorder }) => recorder));
    const noOps = recorded.map(({ replayer }) => replayer);
    const spent = { ours: 0, idle: 0 };
    for (let pair = 1; pair <= ROUNDS; pair++) {
      const sides = [
        async () => (spent.idle += await turn(() => idleRound(it, noOps, MESSAGES))),
        async () => (spent.ours += await withReal(real)),
      ];
      for (const side of pair % 2 === 0 ? sides.toReversed() : sides) await side();
    }
    return spent;
  });
  const rate = (seconds: number) => (ROUNDS * MESSAGES) / seconds;
  return [
    {
      name: 'procedure throughput',
      value: round(rate(ours)),
      unit: UNIT,
      ratio: round(idle / ours),
      against: `handlers that do nothing: ${round(rate(idle))} ${UNIT}`,
      note: `${ROUNDS * MESSAGES} messages from post to reply; everything that \`npm start\` runs shares this machine`,
    },
  ];
}

interface Everything {
  db: Database;
  engine: Engine;
  opensearch: string;
  sandbox: Sandbox;
  vk: Network;
}

async function withEverything<T>(act: (it: Everything) => Promise<T>): Promise<T> {
  const stops: (() => Promise<unknown>)[] = [];
  try {
    const stack = await startTemporaryStack({
      log: () => undefined,
      parts: { webapps: true },
      fastExport: false,
    });
    stops.push(() => stack.stop());
    const sandbox = await createSandbox({ port: 0, smtpPort: 0, vk: { rateLimit: false } });
    stops.push(() => sandbox.close());
    const region = await copyOfDemoRegion();
    stops.push(() => rm(region.dir, { recursive: true }));
    const db = await openDatabase(stack.urls.databaseUrl);
    stops.push(() => db.destroy());
    await importRegion(db, await regionIn(region.dir));
    const engine = connectEngine(stack.urls.grpcAddress);
    stops.push(() => engine.close());
    await deploy(engine, `${ROOT}bpmn`);
    const { userToken: user, groupToken: group } = sandbox.vk.options;
    const stopping = new AbortController();
    const people = completeUserTasks(stack.urls, SUBMISSIONS, stopping.signal);
    stops.push(() => {
      stopping.abort();
      return people;
    });
    const vk = vkAt(sandbox.vk.url, { user, group });
    return await Promise.race([
      act({ db, engine, opensearch: stack.urls.opensearch, sandbox, vk }),
      people.then(endedEarly),
    ]);
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

const endedEarly = () => {
  throw new Error('nobody completes the user tasks any more');
};

/** Of the jobs that a message meets on its way to the answer. */
export function realHandlers({ db, vk }: Pick<Everything, 'db' | 'vk'>): Handler[] {
  const deps = {
    db,
    networks: networksOf(vk),
    calendars: createCalendars(loadProductionYears(`${ROOT}region/calendar`)),
    pageLink: (messageId: string) => `http://localhost:3000/messages/${messageId}`,
    shortcomingLink: (id: string) => `http://localhost:3000/shortcomings/${id}`,
    curatorLink: (messageId: string) => `http://localhost:3000/messages/${messageId}`,
    attachmentLink: () => '',
    templatesLink: '',
    storage: createStorage('postgres', db),
    tasklistUrl: 'http://localhost:8080',
  };
  return recordingPath(db, [
    ...routeHandlers(deps),
    ...prepareHandlers(deps),
    ...reviewHandlers(deps),
    ...publishHandlers(deps),
    ...disciplineHandlers(deps),
  ]);
}

/** A handler that keeps what it returned, and one that does nothing but return it, one after another. */
function recording(handler: Handler): { recorder: Handler; replayer: Handler } {
  const outputs: Awaited<ReturnType<Handler['run']>>[] = [];
  let next = 0;
  return {
    recorder: {
      ...handler,
      run: async (variables, job) => {
        const output = await handler.run(variables, job);
        outputs.push(output);
        return output;
      },
    },
    replayer: { ...handler, run: () => Promise.resolve(outputs[next++ % outputs.length]) },
  };
}

/** Seconds until every post of the round has its reply. */
async function realRound(
  it: Everything,
  posts: readonly FoundPost[],
  handlers: readonly Handler[],
): Promise<number> {
  const { db, engine, sandbox, vk } = it;
  const sent = new AbortController();
  const channels = createChannels(
    {
      smtpUrl: `smtp://localhost:${sandbox.mail.port}`,
      mailFrom: 'otklik@localhost',
      webhookSecret: null,
    },
    sent.signal,
  );
  const posted = posts.map(({ text }) => sandbox.vk.post({ text: `Смоленск. ${text}` }));
  const loops = [
    startLoop('process starts', STARTS_EVERY_MS, () => publishStarts(db, engine)),
    startLoop('outbox', 500, (signal) => sendDue(db, channels, signal)),
  ];
  try {
    const seconds = await untilDone(it, handlers, posts.length, async () => {
      const search = vk.sources(['Смоленск']).at(-1)!;
      for await (const page of search.read(null, new AbortController().signal)) {
        await takeIn(db, page.found, new Date());
      }
    });
    for (const post of posted) {
      if (sandbox.vk.comments(post).length !== 1) throw new Error('a post without its one reply');
      sandbox.vk.delete(post);
    }
    return seconds;
  } finally {
    await Promise.all(loops.map((loop) => loop.stop()));
    sent.abort();
  }
}

/** Seconds until `count` processes came to their end with handlers that do nothing. */
async function idleRound(
  it: Everything,
  handlers: readonly Handler[],
  count: number,
): Promise<number> {
  return untilDone(it, handlers, count, async () => {
    for (let begun = 0; begun < count; begun += STARTS_AT_ONCE) {
      const length = Math.min(STARTS_AT_ONCE, count - begun);
      await Promise.all(Array.from({ length }, () => begin(it.engine)));
      await sleep(STARTS_EVERY_MS);
    }
  });
}

/** Begins a process; a broker that has its hands full is asked again. */
async function begin(engine: Engine): Promise<void> {
  const messageId = randomUUID();
  const message = {
    name: 'message-detected',
    correlationKey: messageId,
    messageId,
    timeToLive: 0,
    variables: { messageId },
  };
  while (!(await engine.publishMessage(message).then(() => true, asksAgain))) await sleep(20);
}

/** False for what is worth another try; throws the rest. */
function asksAgain(error: { code?: unknown }): false {
  if (error.code === RESOURCE_EXHAUSTED) return false;
  throw error as Error;
}

/** Seconds from `begin` until the last job of `count` messages. */
async function untilDone(
  { engine }: Everything,
  handlers: readonly Handler[],
  count: number,
  begin: () => Promise<void>,
): Promise<number> {
  const ended = new Set<string>();
  const allEnded = new EventEmitter();
  const counting = (handler: Handler): Handler => ({
    ...handler,
    run: async (variables, job) => {
      const output = await handler.run(variables, job);
      ended.add(job.processInstanceKey);
      if (ended.size === count) allEnded.emit('end');
      return output;
    },
  });
  const done = once(allEnded, 'end', { signal: AbortSignal.timeout(LONGEST_MS) }).catch(() => {
    throw new Error(`${ended.size} of ${count} messages ended within ${LONGEST_MS / 60_000} min`);
  });
  const workers = startWorkers(
    engine,
    handlers.map((handler) => (handler.type === LAST_JOB ? counting(handler) : handler)),
  );
  const start = performance.now();
  try {
    await Promise.all([begin(), done]);
    return (performance.now() - start) / 1_000;
  } finally {
    await workers.close();
  }
}
