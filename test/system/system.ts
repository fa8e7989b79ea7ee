import { rm } from 'node:fs/promises';
import { DateTime } from 'luxon';
import { after } from 'mocha';
import { createSandbox, type Sandbox } from '../../sandbox/sandbox.ts';
import { startApplication, type Application } from '../../src/application.ts';
import { loadProductionYears } from '../../src/calendar/calendar.ts';
import { readConfig } from '../../src/config.ts';
import { openDatabase, type Database } from '../../src/db/data-source.ts';
import { connectEngine, type Engine } from '../../src/engine/client.ts';
import { deploy } from '../../src/engine/deploy.ts';
import { log } from '../../src/log.ts';
import { createCalendars, type Calendars } from '../../src/registry/calendars.ts';
import { importRegion } from '../../src/registry/import.ts';
import { regionIn } from '../../src/registry/load.ts';
import type { Stack } from '../../stack/stack.ts';
import { startTemporaryStack } from '../../stack/temporary.ts';
import { freePorts } from '../../stack/ports.ts';
import { pinClock, type Clock } from './clock.ts';
import { EngineView } from './engine-view.ts';
import { assertNothingLeft, handlesNow } from './leftovers.ts';
import { openRegion, switchOnNetworks, type ProcessRegion } from './process-region.ts';
import { eventually } from './wait.ts';

const ROOT = new URL('../..', import.meta.url).pathname;

/** Everything at work: the broker, the database, the sandbox with all five networks and the application, one a run. */
export interface System {
  stack: Stack;
  sandbox: Sandbox;
  db: Database;
  engine: Engine;
  view: EngineView;
  clock: Clock;
  calendars: Calendars;
  region: ProcessRegion;
  /** Where the application answers. */
  url: string;
  /** The application's settings, as its environment. */
  environment: Record<string, string>;
  /** Resolves when the engine and the process starts have nothing to do at the engine's `now`. */
  steady(): Promise<void>;
  startApplication(): Promise<void>;
  stopApplication(): Promise<void>;
}

/** A system and what ends it, leaving nothing behind. */
export interface Started {
  system: System;
  stop: () => Promise<void>;
}

let starting: Promise<Started> | undefined;

/** The system on the local stack, started by whoever asks first. */
export async function theSystem(): Promise<System> {
  starting ??= startSystem(() =>
    startTemporaryStack({ log: () => undefined, parts: { webapps: false } }),
  );
  return (await starting).system;
}

after('stop the system', async function () {
  this.timeout(90_000);
  await (await starting)?.stop();
});

/** Starts everything on the stack given; `sandbox` is a network of its own, `now` the engine's time. */
export async function startSystem(
  startStack: () => Promise<Stack>,
  { sandbox: given, now = DateTime.now() }: { sandbox?: Sandbox; now?: DateTime } = {},
): Promise<Started> {
  log.level = process.env['OTKLIK_LOG_LEVEL'] ?? 'fatal';
  const handles = handlesNow();
  const stops: (() => Promise<unknown>)[] = [() => assertNothingLeft(handles)];
  const stop = async () => {
    for (const one of stops.reverse()) await one();
  };
  try {
    const stack = await startStack();
    stops.push(() => stack.stop());
    const sandbox = given ?? (await openSandbox());
    if (!given) stops.push(() => sandbox.close());
    const region = await openRegion(sandbox.url);
    stops.push(() => rm(region.dir, { recursive: true }));
    await switchOnNetworks(region);
    const db = await openDatabase(stack.urls.databaseUrl);
    stops.push(() => db.destroy());
    await importRegion(db, await regionIn(region.dir));
    const engine = connectEngine(stack.urls.grpcAddress);
    stops.push(() => engine.close());
    await deploy(engine, `${ROOT}bpmn`);

    const view = new EngineView(stack.urls.opensearch);
    const isSteady = (moved: Clock) => untilSteady(view, db, moved);
    const clock = await pinClock(stack.urls.brokerRest, now, isSteady);
    const port = (await freePorts()).tasklist;
    const environment = {
      ...networkVariables(sandbox),
      DATABASE_URL: stack.urls.databaseUrl,
      OTKLIK_GRPC_ADDRESS: stack.urls.grpcAddress,
      OTKLIK_PORT: String(port),
      OTKLIK_PUBLIC_URL: `http://localhost:${port}`,
      OTKLIK_REGION: region.dir,
      OTKLIK_SMTP_URL: `smtp://localhost:${sandbox.mail.port}`,
      OTKLIK_LINK_SECRET: 'a secret of process tests',
    };
    const config = readConfig(environment);
    let application: Application | null = null;
    const system: System = {
      stack,
      sandbox,
      db,
      engine,
      view,
      clock,
      calendars: createCalendars(loadProductionYears(`${ROOT}region/calendar`)),
      region,
      url: config.publicUrl,
      environment,
      steady: () => isSteady(clock),
      startApplication: async () =>
        void (application = await withEnvironment(networkVariables(sandbox), () =>
          startApplication(config),
        )),
      stopApplication: async () => {
        await application?.stop();
        application = null;
      },
    };
    stops.push(() => system.stopApplication());
    await system.startApplication();
    return { system, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

export const openSandbox = (): Promise<Sandbox> =>
  createSandbox({ port: 0, smtpPort: 0, vk: { rateLimit: false }, x: { rateLimits: null } });

/** Most citizens of the tests write in VKontakte, so it is read oftener than the others. */
const POLL_EVERY = { vk: 'PT0.4S', ok: 'PT5S', facebook: 'PT5S', instagram: 'PT5S', x: 'PT5S' };

function networkVariables(sandbox: Sandbox): Record<string, string> {
  const { vk, ok, facebook, instagram, x } = sandbox;
  const places = Object.entries(POLL_EVERY).flatMap(([code, every]) => {
    const { url } = sandbox[code as keyof typeof POLL_EVERY];
    const name = `OTKLIK_${code.toUpperCase()}`;
    return [
      [`${name}_API_BASE`, url],
      [`${name}_PERMALINK_BASE`, url],
      [`${name}_POLL_EVERY`, every],
    ] as const;
  });
  return {
    ...Object.fromEntries(places),
    OTKLIK_VK_USER_TOKEN: vk.options.userToken,
    OTKLIK_VK_GROUP_TOKEN: vk.options.groupToken,
    OTKLIK_OK_APPLICATION_KEY: ok.options.applicationKey,
    OTKLIK_OK_APPLICATION_SECRET: ok.options.applicationSecret,
    OTKLIK_OK_ACCESS_TOKEN: ok.options.accessToken,
    OTKLIK_FACEBOOK_TOKEN: facebook.options.token,
    OTKLIK_INSTAGRAM_TOKEN: instagram.options.token,
    OTKLIK_META_APP_SECRET: facebook.options.appSecret,
    OTKLIK_X_API_KEY: x.options.keys.apiKey,
    OTKLIK_X_API_SECRET: x.options.keys.apiSecret,
    OTKLIK_X_ACCESS_TOKEN: x.options.keys.accessToken,
    OTKLIK_X_ACCESS_SECRET: x.options.keys.accessSecret,
  };
}

/** Other tests of the run must not see these variables. */
async function withEnvironment<T>(
  variables: Record<string, string>,
  act: () => Promise<T>,
): Promise<T> {
  const saved = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, variables);
  try {
    return await act();
  } finally {
    for (const [name, value] of saved) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}

/** A timer that is due as soon as it is created fires this much later, so not before a pinned clock moves. */
const TIMER_RESOLUTION_MS = 100;

/** No job in hand, no timer overdue, no process about to start, and nothing new for two looks. */
async function untilSteady(view: EngineView, db: Database, clock: Clock): Promise<void> {
  const due = () => view.dueTimers(clock.now().toMillis());
  let quiet = 0;
  let stuck = 0;
  await eventually(
    'the engine to have nothing to do',
    async () => {
      const fresh = await view.look();
      const working = fresh > 0 || view.jobs().length > 0 || (await startsWaiting(db)) > 0;
      stuck = !working && due().length > 0 ? stuck + 1 : 0;
      quiet = working || due().length > 0 ? 0 : quiet + 1;
      return quiet >= 2;
    },
    {
      explain: () => `jobs: ${view.jobs().join(', ')}; timers due: ${due().join(', ')}`,
      meanwhile: async () => {
        if (stuck > 0 && stuck % 20 === 0) await clock.nudge(TIMER_RESOLUTION_MS);
      },
    },
  );
}

async function startsWaiting(db: Database): Promise<number> {
  const [row] = await db.query<{ n: number }[]>(
    'select count(*)::int as n from process_start where confirmed_at is null',
  );
  return row?.n ?? 0;
}
