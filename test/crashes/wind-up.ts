import { letLeasesRunOut } from './crash.ts';
import type { Course } from './course.ts';
import { readAfresh } from './world.ts';

const PATIENCE_MS = 300_000;

/**
 * Brings everything to its end: the network behaves, the application was stopped in good order and
 * started again, officials complete every task. Gives what was still open when patience ran out.
 */
export async function windUp(course: Course): Promise<string[]> {
  const { world } = course;
  course.wind();
  world.sandbox.vk.calm();
  await Promise.all(world.applications.map((one) => one.stop()));
  await letLeasesRunOut(world);
  await Promise.all(world.applications.map((one) => one.start()));
  const end = performance.now() + PATIENCE_MS;
  for (let before = ''; ;) {
    await course.work(Infinity);
    const still = await course.quiet();
    const open = await openEnds(course);
    if (still && open.length === 0) return [];
    if (performance.now() > end) return open;
    const stuck = open.join() === before;
    if (stuck) world.view = await readAfresh(world);
    before = open.join();
    // Job time-outs, back-offs and timers run by the engine's clock.
    if (stuck || (still && world.view.tasks().length === 0)) await world.clock.forward(2);
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
