import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import { createSandbox, type Sandbox } from '../../sandbox/sandbox.ts';
import { openDatabase, type Database } from '../../src/db/data-source.ts';
import { connectEngine } from '../../src/engine/client.ts';
import { deploy } from '../../src/engine/deploy.ts';
import { createPageLinks } from '../../src/http/page-link.ts';
import { importRegion } from '../../src/registry/import.ts';
import { regionIn } from '../../src/registry/load.ts';
import type { StackSettings } from '../../stack/settings.ts';
import { startStack, type StackUrls } from '../../stack/stack.ts';
import { temporarySettings } from '../../stack/temporary.ts';
import { ZONE } from '../system/clock.ts';
import { EngineView } from '../system/engine-view.ts';
import { openRegion } from '../system/process-region.ts';
import { applicationProcess, type ApplicationProcess } from './application.ts';
import { pinEngineClock, type EngineClock } from './clock.ts';

const BPMN = new URL('../../bpmn', import.meta.url).pathname;
const LINK_SECRET = 'a secret of crash runs';
/** The same for every process, so that the same notice is the same text. */
const PUBLIC_URL = 'http://otklik.example';

/** Everything at work, its parts and the application's processes killable. */
export interface World {
  settings: StackSettings;
  urls: StackUrls;
  sandbox: Sandbox;
  db: Database;
  /** What was seen of the engine so far; `readAfresh` makes another. */
  view: EngineView;
  clock: EngineClock;
  applications: ApplicationProcess[];
  /** The curator's link that withdraws a message, at an application that is alive; null when none is. */
  withdrawalLink(messageId: string): string | null;
  close(): Promise<void>;
}

/** Starts the stack, the sandbox and `processes` processes of the application; a Wednesday morning. */
export async function openWorld(processes: number, say: (line: string) => void): Promise<World> {
  const stops: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
  };
  try {
    // A broker that was killed exports again what came after its last snapshot: record by record, as
    // other tests have it, that takes longer than the time to its next death.
    const settings = { ...(await temporarySettings()), fastExport: false };
    stops.push(() => rm(settings.dataDir, { recursive: true, force: true }));
    const stack = await startStack(settings, { log: say, parts: { webapps: false } });
    stops.push(() => stack.stop());
    const { urls } = stack;
    const sandbox = await createSandbox({ port: 0, smtpPort: 0, vk: { rateLimit: false } });
    stops.push(() => sandbox.close());
    const region = await openRegion(sandbox.url);
    stops.push(() => rm(region.dir, { recursive: true }));
    const db = await openDatabase(urls.databaseUrl);
    stops.push(() => db.destroy());
    await importRegion(db, await regionIn(region.dir));
    const engine = connectEngine(urls.grpcAddress);
    await deploy(engine, BPMN).finally(() => engine.close());
    const clock = await pinEngineClock(urls.brokerRest, nextWednesday());
    const surroundings = {
      ports: {
        database: settings.ports.postgres,
        engine: settings.ports.grpc,
        network: Number(new URL(sandbox.url).port),
        mail: sandbox.mail.port,
      },
      databaseUrl: urls.databaseUrl,
      region: region.dir,
      linkSecret: LINK_SECRET,
      publicUrl: PUBLIC_URL,
      permalinkBase: sandbox.vk.url,
      tokens: { user: sandbox.vk.options.userToken, group: sandbox.vk.options.groupToken },
      logDir: process.env['OTKLIK_CRASH_LOGS'] ?? join(settings.dataDir, 'logs'),
    };
    const applications: ApplicationProcess[] = [];
    for (let index = 0; index < processes; index++) {
      const application = await applicationProcess(index, surroundings);
      stops.push(() => application.close());
      applications.push(application);
    }
    await Promise.all(applications.map((application) => application.start()));
    return {
      settings,
      urls,
      sandbox,
      db,
      view: new EngineView(urls.opensearch),
      clock,
      applications,
      withdrawalLink(messageId) {
        const alive = applications.find((application) => application.isAlive());
        return alive ? createPageLinks(alive.url, LINK_SECRET).link(messageId, 'curate') : null;
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** All of the engine's records from the first on: what was written while OpenSearch came back may have been missed. */
export async function readAfresh({ urls }: World): Promise<EngineView> {
  const view = new EngineView(urls.opensearch);
  while ((await view.look()) > 0 || (await view.look()) > 0);
  return view;
}

/** At 09:00. */
function nextWednesday(): DateTime {
  const today = DateTime.now().setZone(ZONE).startOf('day');
  return today.plus({ days: 7 - ((today.weekday + 4) % 7), hours: 9 });
}
