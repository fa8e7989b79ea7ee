import { setTimeout as sleep } from 'node:timers/promises';
import type { Task } from '../system/engine-view.ts';
import { dice } from './dice.ts';
import { grouped } from './grouped.ts';
import { createOfficials, type Officials } from './officials.ts';
import { createRecords, type Records } from './records.ts';
import { createTown, type Town } from './town.ts';
import type { World } from './world.ts';

/** What the engine does is seen up to this much later. */
/** Posts among which one finds what a new one repeats. */
const RECENT = 12;
const LAG_MS = 1_000;
/** Messages in work at once, about. */
const IN_WORK = 14;

/** A run that goes on step by step, whatever of its world is away. */
export interface Course {
  world: World;
  town: Town;
  officials: Officials;
  records: Records;
  /** One thing happens: somebody writes, officials work, the network fails, time passes. */
  step: () => Promise<void>;
  /** Officials complete up to `count` of the open tasks. */
  work: (count: number) => Promise<void>;
  /** Looks until nothing new comes; false: something always did, or the engine cannot be seen. */
  quiet: () => Promise<boolean>;
  /** What stands where, in words. */
  standing: () => Promise<string>;
  /** From now on every decision is one that leads to an end. */
  wind: () => void;
}

export function createCourse(seed: number, world: World): Course {
  const { clock, db, urls, sandbox } = world;
  const choose = dice(seed, 'steps');
  const town = createTown(dice(seed, 'town'), world);
  const records = createRecords(world);
  const repeats = dice(seed, 'repeats');
  let winding = false;
  const officials = createOfficials(seed, world, {
    winding: () => winding,
    original(task) {
      const card = String(world.view.variable(task, 'card'));
      const others = town.posts.slice(-RECENT).filter(({ url }) => !card.includes(`${url})`));
      return others.length > 0 ? repeats.pick(others).url : null;
    },
  });

  /** How many records were new; null: the engine cannot be seen. */
  const look = () => world.view.look().catch(() => null);

  const quiet: Course['quiet'] = async () => {
    for (let tries = 0, still = 0; tries < 12; tries++) {
      const fresh = await look();
      if (fresh === null) return false;
      still = fresh === 0 ? still + 1 : 0;
      if (still === 5) return true;
      await sleep(LAG_MS / 3);
    }
    return false;
  };

  const work: Course['work'] = async (count) => {
    await look();
    for (const task of choose.shuffled(world.view.tasks()).slice(0, count)) {
      const submission = await officials.decide(task);
      if (submission) await complete(task, submission.variables);
    }
  };

  /** As Tasklist does; whether it was taken is seen in the engine's records. */
  const complete = async ({ key }: Task, variables: unknown) =>
    clock.stands() &&
    fetch(`${urls.brokerRest}/v2/user-tasks/${key}/completion`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ variables }),
      signal: AbortSignal.timeout(15_000),
    }).catch(() => null);

  /**
   * What waits for the clock gets a little time; else time jumps, often past a deadline. Not while jobs
   * fail: the engine can lose the time of their next try when its clock moves in their midst.
   */
  async function passTime(): Promise<void> {
    if ((await inWork()) === null || !(await quiet())) return;
    const waits = world.view.jobs().length + world.view.postponed().length > 0;
    const little = waits && choose.chance(0.5);
    await clock.forward(little ? 2 : choose.pick([2, 10, 31, 61, 61, 180, 540]));
  }

  /** The curator takes off a message on which an executor works. */
  async function withdraw(): Promise<void> {
    await look();
    const done = new Set(officials.submissions().map(({ key }) => key));
    const free = world.view
      .tasks()
      .filter(({ key, elementId }) => elementId === 'prepare-draft' && !done.has(key));
    if (free.length > 0) await takeOff(choose.pick(free));
  }

  async function takeOff(task: Task): Promise<void> {
    const link = world.withdrawalLink(String(world.view.variable(task, 'messageId')));
    const body = new URLSearchParams({ reason: 'Житель решил вопрос сам.' });
    if (link) await fetch(link, { method: 'POST', body }).catch(() => null);
  }

  function disturbNetwork(): void {
    const kind = choose.weighted({ 'cut-after': 4, 'cut-before': 1, down: 3, captcha: 2 });
    const method = kind === 'down' && choose.chance(0.3) ? '*' : 'wall.createComment';
    sandbox.vk.behaviour({ kind, method, times: choose.int(1, 2) });
  }

  const acts = {
    write: () => {
      for (let left = choose.int(1, 3); left > 0; left--) town.write();
    },
    work: () => work(choose.int(1, 4)),
    time: passTime,
    change: () => town.change(),
    withdraw,
    network: disturbNetwork,
  };

  async function step(): Promise<void> {
    await records.look();
    const untouched = world.view.tasks().filter(({ elementId }) => elementId === 'triage').length;
    const messages = (await inWork()) ?? IN_WORK;
    const few = untouched < 5 && messages < IN_WORK;
    const enough = messages > 2 * IN_WORK;
    const weights = { work: 40, time: 20, change: 3, withdraw: 2, network: 8 };
    await acts[choose.weighted({ ...weights, write: few ? 30 : enough ? 0 : 3 })]();
    await sleep(100);
  }

  /** Messages that have not come to an end; null: PostgreSQL is away. */
  async function inWork(): Promise<number | null> {
    const [row] = await db
      .query<{ n: number }[]>('select count(*)::int as n from message where finished_at is null')
      .catch(() => []);
    return row?.n ?? null;
  }

  async function standing(): Promise<string> {
    const rows = await db
      .query<{ status: string; n: number }[]>(
        `select status, count(*)::int as n from message where finished_at is null
         group by 1 order by 1`,
      )
      .catch(() => []);
    const tasks = grouped(world.view.tasks(), ({ elementId }) => elementId);
    return [
      `messages ${rows.map(({ status, n }) => `${n} ${status}`).join(', ')}`,
      `tasks ${[...tasks].map(([element, all]) => `${all.length} ${element}`).join(', ')}`,
      `engine's time ${clock.now().toFormat('d LLL HH:mm')}`,
    ].join('; ');
  }

  return {
    world,
    town,
    officials,
    records,
    step,
    work,
    quiet,
    standing,
    wind: () => {
      winding = true;
    },
  };
}
