import { log } from '../../src/log.ts';
import { compare, type Verdict } from './compare.ts';
import { createCourse } from './course.ts';
import { crash } from './crash.ts';
import { plan, type Counts } from './plan.ts';
import { windUp } from './wind-up.ts';
import { openWorld, type World } from './world.ts';

export interface CrashRun {
  seed: number;
  counts: Counts;
  /** Processes of the application at once. */
  processes: number;
  /** One line of what the run does. */
  say: (line: string) => void;
  /** Ends the run early, with nothing left behind. */
  signal?: AbortSignal;
}

/** Steps before the first crash, so that there is something to crash. */
const FIRST_STEPS = 12;

/**
 * Runs the whole system with people at work, kills its parts by plan, brings everything to its end and
 * compares sandbox, mailboxes, database and engine.
 */
export async function crashRun(given: CrashRun): Promise<Verdict> {
  log.level = 'fatal';
  const started = performance.now();
  const say = (text: string) =>
    given.say(`${((performance.now() - started) / 1000).toFixed(1).padStart(6)} s  ${text}`);
  const world = await openWorld(given.processes, say);
  try {
    return await Promise.race([go(world, { ...given, say }), interrupted(given.signal)]);
  } finally {
    await world.close();
  }
}

async function go(world: World, { seed, counts, say }: CrashRun): Promise<Verdict> {
  say(`everything runs; seed ${seed}, the engine's clock at ${world.clock.now().toISO()}`);
  const course = createCourse(seed, world);
  for (let count = 0; count < FIRST_STEPS; count++) await course.step();
  const crashes = plan(seed, counts);
  for (const [index, one] of crashes.entries()) {
    say(`${index + 1} of ${crashes.length}: ${await crash(course, one)}`);
  }
  say(`bringing everything to its end: ${await course.standing()}`);
  const end = await windUp(course);
  await course.records.look();
  say('comparing');
  return compare({ ...course, ...end });
}

const interrupted = (signal?: AbortSignal) =>
  new Promise<never>((_, reject) => {
    const stop = () => reject(new Error('interrupted'));
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop);
  });
