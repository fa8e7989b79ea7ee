import { letLeasesRunOut, restartBroker } from './crash.ts';
import type { Course } from './course.ts';
import { readAfresh } from './world.ts';

const PATIENCE_MS = 300_000;

export interface WoundUp {
  /** What was still open when patience ran out. */
  left: string[];
  /** Types of the jobs whose next try the engine had forgotten. */
  forgotten: string[];
}

/**
 * Brings everything to its end: the network behaves, the application was stopped in good order and
 * started again, officials complete every task. Zeebe before 8.6.13 may give a job that failed for the
 * second time never again (camunda/camunda#29735), until it is started anew: then it is.
 */
export async function windUp(course: Course): Promise<WoundUp> {
  const { world } = course;
  course.wind();
  world.sandbox.vk.calm();
  await Promise.all(world.applications.map((one) => one.stop()));
  await letLeasesRunOut(world);
  await Promise.all(world.applications.map((one) => one.start()));
  const forgotten: string[] = [];
  const end = performance.now() + PATIENCE_MS;
  for (let before = ''; ;) {
    await course.work(Infinity);
    const still = await course.quiet();
    const open = await openEnds(course);
    if (still && open.length === 0) return { left: [], forgotten };
    if (performance.now() > end) return { left: open, forgotten };
    const stuck = open.join() === before;
    before = open.join();
    if (stuck) world.view = await readAfresh(world);
    const due = stuck ? world.view.dueTries(world.clock.now().toMillis()) : [];
    if (due.length > 0) {
      forgotten.push(...due);
      await restartBroker(world);
    }
    // Job time-outs, back-offs and timers run by the engine's clock.
    else if (stuck || (still && world.view.tasks().length === 0)) await world.clock.forward(2);
  }
}

async function openEnds({ world: { db, view, clock } }: Course): Promise<string[]> {
  const rows = await db.query<{ open: string }[]>(`
    select 'message ' || url || ' is ' || status as open from message where finished_at is null
    union all
    select 'start of ' || message_name || ' ' || correlation_key || ' is not confirmed'
    from process_start where confirmed_at is null
    union all
    select 'notice ' || key || ' is not sent: ' || coalesce(last_error, 'no error')
    from outbox where sent_at is null`);
  const running = ['procedure', 'shortcoming', 'urgent-report']
    .flatMap((process) => view.instancesOf(process))
    .filter((instance) => !view.hasEnded(instance));
  return [
    ...rows.map(({ open }) => open),
    ...view.tasks().map(({ elementId, key }) => `task ${elementId} ${key} is open`),
    ...[...view.jobs(), ...view.postponed()].map((type) => `a job of ${type} is left`),
    ...view.dueTimers(clock.now().toMillis()).map((timer) => `timer ${timer} has not fired`),
    ...running.map((instance) => `process ${instance} has not ended`),
  ];
}
