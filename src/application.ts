import { hostname } from 'node:os';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import { clearSessions } from './access/sessions.ts';
import { cleanUp } from './attachments/clean-up.ts';
import { createStorage } from './attachments/create-storage.ts';
import { createAttachmentLinks } from './attachments/links.ts';
import { loadProductionYears } from './calendar/calendar.ts';
import type { Config } from './config.ts';
import { buildAssets } from './dashboard/assets.ts';
import { createLiveFeed } from './dashboard/live.ts';
import { refreshFigures } from './dashboard/refresh.ts';
import { createDatabase, type Database } from './db/data-source.ts';
import { databaseProbe } from './db/probe.ts';
import { untilRegion } from './db/wait.ts';
import { disciplineHandlers } from './discipline/handlers.ts';
import { announceChange } from './engine/announce-change.ts';
import { connectEngine, type Engine } from './engine/client.ts';
import { recordingPath } from './engine/recording-path.ts';
import { publishStarts, STARTS_EVERY_MS } from './engine/starter.ts';
import { startWorkers } from './engine/worker.ts';
import { createHealth, watchHealth, type Health } from './health.ts';
import { createApp } from './http/app.ts';
import { createPageLinks } from './http/page-link.ts';
import { listen } from './http/server.ts';
import { log } from './log.ts';
import { startLoop } from './loop.ts';
import { followWords } from './monitor/follow-words.ts';
import { warnOfExpiry } from './monitor/token-expiry.ts';
import { missingKeys } from './networks/missing-keys.ts';
import { createNetworks } from './networks/registry.ts';
import { readSecrets } from './networks/secrets.ts';
import { networkSetup } from './networks/setup.ts';
import { readNetworkSettings } from './networks/settings.ts';
import { createChannels } from './notify/channels.ts';
import { mailProbe, noticing } from './notify/email.ts';
import { sendDue } from './notify/outbox.ts';
import { prepareHandlers } from './prepare/handlers.ts';
import { publishHandlers } from './publish/handlers.ts';
import { createCalendars } from './registry/calendars.ts';
import { regionSettings } from './registry/queries.ts';
import { reportHandlers } from './report/handlers.ts';
import { eraseDue } from './retention/erase.ts';
import { reviewHandlers } from './review/handlers.ts';
import { routeHandlers } from './route/handlers.ts';
import { atMost, type Stop } from './stop.ts';
import { detectSurges } from './urgent/surge/detect.ts';
import { urgentHandlers } from './urgent/handlers.ts';
import { webhookRoutes } from './webhooks/routes.ts';

/** Often enough that minutes pass from a surge to the task, not more. */
const SURGES_MS = 5_000;
const CLEAN_UP_MS = 10 * 60_000;
const YEARS = new URL('../region/calendar', import.meta.url).pathname;

const DAY_MS = 86_400_000;
const HALF_A_DAY_MS = DAY_MS / 2;
/** Less than the 10 s that container platforms give by default. */
const GRACE_MS = 7_000;
const CLOSED_WITHIN_MS = 1_000;

/** The application at work. */
export interface Application {
  /**
   * Takes no new jobs, requests and pages of the networks, finishes those in hand, closes every
   * connection. What is not finished within 7 s is given up: its job comes again.
   */
  stop: () => Promise<void>;
}

/**
 * Starts the roles named in `config` in this process: job handlers with outbox and process starts
 * (`workers`), reading of the networks (`monitor`), pages and health (`http`). Waits for the database
 * as long as it takes, or until `signal`; health is told meanwhile.
 * @throws InputError when settings are wrong, the schema is newer or no region is imported.
 */
export async function startApplication(
  config: Config,
  signal: AbortSignal = new AbortController().signal,
): Promise<Application> {
  const db = createDatabase(config.databaseUrl);
  const engine = connectEngine(config.grpcAddress);
  const health = createHealth({
    database: databaseProbe(config.databaseUrl),
    engine: () => engine.topology(),
    mail: mailProbe(config.smtpUrl),
  });
  const stops: Stop[] = [];
  const stop = async () => {
    await Promise.all(stops.map((one) => atMost(GRACE_MS, one.name, one.stop())));
    await atMost(CLOSED_WITHIN_MS, 'engine', engine.close());
    if (db.isInitialized) await atMost(CLOSED_WITHIN_MS, 'database', db.destroy());
    log.info('stopped');
  };
  try {
    await start(config, { db, engine, health, stops, signal });
  } catch (error) {
    await stop();
    throw error;
  }
  return { stop };
}

interface Started {
  db: Database;
  engine: Engine;
  health: Health;
  /** Gets what ends each part that was started. */
  stops: Stop[];
  signal: AbortSignal;
}

async function start(config: Config, started: Started): Promise<void> {
  const { db, engine, health, stops, signal } = started;
  const links = createPageLinks(config.publicUrl, config.linkSecret);
  const storage = createStorage(config.attachments, db);
  const attachmentLinks = createAttachmentLinks(config.publicUrl, config.linkSecret);
  const networkSettings = await readNetworkSettings(join(config.region, 'networks.yaml'));
  const secrets = readSecrets();
  const networks = createNetworks(networkSettings, secrets);
  const notSet = missingKeys(networkSettings, secrets);
  if (Object.keys(notSet).length > 0) log.warn({ notSet }, 'networks without keys are not read');
  const deps = {
    db,
    networks,
    calendars: createCalendars(loadProductionYears(YEARS)),
    pageLink: (messageId: string) => links.link(messageId),
    curatorLink: (messageId: string) => links.link(messageId, 'curate'),
    shortcomingLink: (id: string) => `${config.publicUrl}/shortcomings/${id}`,
    reportLink: (month: string) => links.reportLink(month),
    urgentLink: (urgentReportId: string) => links.urgentLink(urgentReportId),
    tasklistUrl: config.tasklistUrl,
    storage,
    attachmentLink: attachmentLinks.link,
    templatesLink: `${config.publicUrl}/templates`,
  };

  if (config.roles.has('http')) {
    const zone = async () => (await regionSettings(db.manager)).zone;
    const webhooks = webhookRoutes({
      db,
      networks: networks.all(),
      onChange: announceChange(engine),
    });
    await buildAssets();
    const setup = networkSetup(networkSettings, secrets);
    const live = createLiveFeed(db, setup);
    stops.push({ name: 'live figures', stop: () => live.stop() });
    const app = createApp(
      {
        db,
        live,
        engine,
        links,
        zone,
        networks,
        networkSetup: setup,
        calendars: deps.calendars,
        webhooks,
        tasklistUrl: config.tasklistUrl,
        trustProxy: config.trustProxy,
        metricsOpen: config.metricsOpen,
        access: { secret: config.sessionSecret, publicUrl: config.publicUrl, oidc: config.oidc },
        attachments: { storage, limits: config.attachmentLimits, links: attachmentLinks },
      },
      health,
    );
    const server = await listen(app, config.port, config.host);
    stops.push({ name: 'http', stop: () => server.close() });
  }
  const watch = watchHealth(health);
  stops.push({ name: 'health', stop: () => watch.stop() });
  const { searchWords } = await untilRegion(db, health.database, signal);

  if (config.roles.has('workers')) {
    const handlers = [
      ...routeHandlers(deps),
      ...prepareHandlers(deps),
      ...reviewHandlers(deps),
      ...publishHandlers(deps),
      ...disciplineHandlers(deps),
      ...urgentHandlers(deps),
      ...reportHandlers(deps),
    ];
    const workers = startWorkers(engine, recordingPath(db, handlers));
    const sent = new AbortController();
    const channels = createChannels(config, sent.signal);
    const email = noticing(health.mail, channels.email);
    const starter = startLoop('process starts', STARTS_EVERY_MS, () => publishStarts(db, engine));
    const outbox = startLoop('outbox', 500, (stopping) =>
      sendDue(db, { ...channels, email }, stopping),
    );
    const surges = startLoop('surges', SURGES_MS, () => detectSurges(db));
    const retention = startLoop('retention', DAY_MS, (stopping) => eraseDue(db, stopping));
    stops.push(
      { name: 'process starts', stop: () => starter.stop() },
      { name: 'outbox', stop: () => outbox.stop().finally(() => sent.abort()) },
      { name: 'surges', stop: () => surges.stop() },
      { name: 'retention', stop: () => retention.stop() },
      { name: 'jobs', stop: () => workers.close() },
    );
  }
  if (config.roles.has('monitor')) {
    const stopping = new AbortController();
    const monitor = followWords({
      db,
      networks: networks.all(),
      words: searchWords,
      wordsNow: async () => (await regionSettings(db.manager)).searchWords,
      owner: `${hostname()}:${process.pid}`,
      onChange: announceChange(engine),
      signal: stopping.signal,
    });
    const tokens = startLoop('token expiry', HALF_A_DAY_MS, (stop) =>
      warnOfExpiry(networks.all(), DateTime.utc(), stop),
    );
    stops.push(
      {
        name: 'monitor',
        stop: async () => {
          stopping.abort();
          await monitor;
        },
      },
      { name: 'token expiry', stop: () => tokens.stop() },
    );
  }
  if (config.roles.has('http')) {
    const sessions = startLoop('sessions', DAY_MS, () => clearSessions(db));
    const cleaning = startLoop('attachments', CLEAN_UP_MS, () => cleanUp({ db, storage }));
    const figures = startLoop('figures', 5_000, (stopping) => refreshFigures(deps, stopping));
    stops.push(
      { name: 'figures', stop: () => figures.stop() },
      { name: 'sessions', stop: () => sessions.stop() },
      { name: 'attachments', stop: () => cleaning.stop() },
    );
  }
  health.started = true;
  log.info({ roles: [...config.roles] }, 'started');
}
