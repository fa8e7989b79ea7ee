import type { Crash } from './plan.ts';
import { guardedBy, guardOf, type Part } from './processes.ts';
import type { ApplicationProcess } from './application.ts';
import type { Course } from './course.ts';
import type { World } from './world.ts';

/** Steps after which a moment that has not come is no longer waited for. */
const LONGEST_WAIT = 15;
const PATIENCE_MS = 300_000;

/** Lets the run go on to the moment of a crash, crashes, brings back what died; tells it in a line. */
export async function crash(course: Course, plan: Crash): Promise<string> {
  for (let count = 0; count < plan.after; count++) await course.step();
  return plan.victim === 'application'
    ? killApplication(course, plan)
    : killPart(course, plan, plan.victim);
}

async function killApplication(course: Course, plan: Crash): Promise<string> {
  const { applications } = course.world;
  let victims: readonly ApplicationProcess[] = [];
  const how = await atTheMoment(course, plan, (process) => {
    victims = plan.all ? applications : [process];
    for (const victim of victims) victim.kill();
  });
  const stood = await course.standing();
  for (let count = 0; count < plan.away; count++) await course.step();
  await letLeasesRunOut(course.world);
  const since = performance.now();
  await Promise.all(victims.map((one) => one.start()));
  const which = plan.all ? 'all processes' : `process ${applications.indexOf(victims[0]!)}`;
  return `application, ${which}, killed when ${how}; ${stood}; ${back(since)}`;
}

async function killPart(course: Course, plan: Crash, part: Part): Promise<string> {
  const { settings, clock } = course.world;
  const guard = await guardOf(settings, part);
  if (guard === null) throw new Error(`${part} does not run`);
  const pid = await guardedBy(guard);
  const how = await atTheMoment(course, plan, () => {
    process.kill(pid, 'SIGKILL');
    if (part === 'broker') void restoreClock(course.world);
  });
  const since = performance.now();
  const stood = await course.standing();
  const recorded = await entries(course.world);
  const isBack = async () =>
    clock.stands() && ![null, guard].includes(await guardOf(settings, part));
  while (!(await isBack())) {
    if (performance.now() - since > PATIENCE_MS) throw new Error(`${part} does not come back`);
    await course.step();
  }
  const now = await entries(course.world);
  const meanwhile =
    recorded === null || now === null ? '' : `, ${now - recorded} entries of the history meanwhile`;
  return `${part} killed when ${how}; ${stood}; ${back(since)}${meanwhile}`;
}

/** Has the broker start anew, as an operator would; resolves when it is back with its clock. */
export async function restartBroker(world: World): Promise<void> {
  const guard = await guardOf(world.settings, 'broker');
  if (guard === null) throw new Error('the broker does not run');
  process.kill(await guardedBy(guard), 'SIGKILL');
  await restoreClock(world);
}

/** Keeps the application from the engine until that has its clock again. */
async function restoreClock({ applications, clock }: World): Promise<void> {
  const wires = applications.map((one) => one.wires.engine);
  for (const wire of wires) wire.part();
  await clock.restore();
  for (const wire of wires) wire.join();
}

/** Lines of all histories, which jobs of the engine write; null: PostgreSQL is away. */
async function entries({ db }: World): Promise<number | null> {
  const [row] = await db
    .query<{ n: number }[]>('select count(*)::int as n from audit')
    .catch(() => []);
  return row?.n ?? null;
}

/** Kills when the moment comes at one of the application's processes, or when it has not for long. */
async function atTheMoment(
  { step, world: { applications } }: Course,
  { moment, nth }: Crash,
  kill: (process: ApplicationProcess) => void,
): Promise<string> {
  const wires = applications.map((one) => one.wires[moment.line]);
  let came = false;
  for (const application of applications) {
    application.wires[moment.line].watch({ ...moment, nth }, () => {
      wires.forEach((wire) => wire.unwatch());
      came = true;
      kill(application);
    });
  }
  for (let count = 0; !came && count < LONGEST_WAIT; count++) await step();
  if (came) return `${moment.name} (${nth})`;
  wires.forEach((wire) => wire.unwatch());
  kill(applications[0]!);
  return `${LONGEST_WAIT} steps had brought no moment like «${moment.name}»`;
}

const back = (since: number) => `back after ${((performance.now() - since) / 1000).toFixed(1)} s`;

/**
 * Leases, claims and unconfirmed starts run out by the database's clock, in minutes: what a longer
 * absence of the application would do. Only while no process of it is alive.
 */
export async function letLeasesRunOut({ db, applications }: World): Promise<void> {
  if (applications.some((one) => one.isAlive())) return;
  await db.query(`update poll_cursor set lease_until = now()`);
  await db.query(`update outbox set next_attempt_at = now() where sent_at is null`);
  await db.query(`update process_start set published_at = null where confirmed_at is null`);
}
