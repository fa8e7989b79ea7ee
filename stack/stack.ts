import { join } from 'node:path';
import { InputError } from '../src/errors.ts';
import { brokerPart, brokerRestUrl, grpcAddress } from './broker.ts';
import { hold } from './hold.ts';
import { openDataDir } from './data-dir.ts';
import { thisProcess } from './identity.ts';
import { findJava } from './java.ts';
import { opensearchPart, opensearchUrl } from './opensearch.ts';
import type { Part } from './part.ts';
import { fetchParts, type Say } from './parts.ts';
import { assertFree } from './ports.ts';
import { assertAnswers, postgresPart } from './postgres.ts';
import { assertSpace } from './space.ts';
import { portSettings, type Ports, type StackSettings } from './settings.ts';
import { removeState, waitForLeftovers, writeState } from './state.ts';
import { closeDefaultUsers } from './users.ts';
import { supervise, type Supervised } from './supervise.ts';
import { forgiveDates } from './tasklist-dates.ts';
import { tasklistUrl, webappsPart } from './webapps.ts';

/** What an empty database and engine take, with room to work. */
const DATA_MB = 500;

export interface StackUrls {
  /** With its password. */
  databaseUrl: string;
  /** `host:port`, no scheme. */
  grpcAddress: string;
  brokerRest: string;
  opensearch: string;
  /** null when the stack was started without Operate and Tasklist. */
  tasklist: string | null;
}

export interface Stack {
  urls: StackUrls;
  /** Stops everything in reverse order; nothing is lost. May be called more than once. */
  stop(): Promise<void>;
}

export interface StartOptions {
  /** One line for the person at the terminal. */
  log: Say;
  /** Process tests need neither Operate nor Tasklist. */
  parts?: { webapps: boolean };
}

/**
 * Starts the local stack and resolves when every part is ready. Should this process be killed, the parts
 * stop by themselves. Throws InputError for what its user can put right (Java, Maven, settings, ports),
 * Error with the end of the log for a part that did not come up; nothing is left running then.
 */
export async function startStack(settings: StackSettings, options: StartOptions): Promise<Stack> {
  const { log } = options;
  const withWebapps = options.parts?.webapps ?? true;
  const java = await findJava();
  await openDataDir(settings.dataDir);
  await assertSpace(settings.dataDir, {
    what: 'The stack',
    megabytes: DATA_MB,
    setting: 'OTKLIK_DATA',
  });
  const release = await hold(join(settings.dataDir, 'launcher.lock'), (pid) => {
    throw new InputError(
      `A stack with the data in ${settings.dataDir} is running already (process ${pid}): stop it with "npm run stack -- stop", or set OTKLIK_DATA to another folder`,
    );
  });
  const supervised: Supervised[] = [];
  const recorder = await stateRecorder(settings.dataDir, supervised);
  let stopped: Promise<void> | null = null;
  const stop = () => (stopped ??= stopAll(supervised, recorder.close, log).finally(release));

  try {
    await waitForLeftovers(settings.dataDir, log);
    await assertFree(settings.ports, usedPorts(settings, withWebapps));
    if (settings.databaseUrl !== null) await assertAnswers(settings.databaseUrl);
    const { camundaHome, opensearchLib } = await fetchParts(settings.cacheDir, java, log);
    const start = async (part: Part): Promise<void> => {
      log(`Starting ${part.title}…`);
      const since = Date.now();
      const one = supervise(part, {
        logDir: join(settings.dataDir, 'logs'),
        say: log,
        onChange: recorder.changed,
      });
      supervised.push(one);
      await one.ready;
      log(`${part.title} is ready (${((Date.now() - since) / 1000).toFixed(1)} s)`);
    };
    const database = async (): Promise<string> => {
      if (settings.databaseUrl !== null) return settings.databaseUrl;
      const { part, databaseUrl } = await postgresPart(settings);
      await start(part);
      return databaseUrl;
    };
    const databaseUrl = await both(
      database(),
      start(opensearchPart(settings, java, opensearchLib)),
    );
    await start(brokerPart(settings, java, camundaHome));
    if (withWebapps) {
      await start(webappsPart(settings, java, camundaHome));
      await closeDefaultUsers(opensearchUrl(settings));
      await forgiveDates(opensearchUrl(settings));
    }
    return {
      urls: {
        databaseUrl,
        grpcAddress: grpcAddress(settings),
        brokerRest: brokerRestUrl(settings),
        opensearch: opensearchUrl(settings),
        tasklist: withWebapps ? tasklistUrl(settings) : null,
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Waits for both even when one fails, so that what the other started is known and can be stopped. */
async function both<T>(first: Promise<T>, second: Promise<unknown>): Promise<T> {
  const [one, two] = await Promise.allSettled([first, second]);
  if (one.status === 'rejected') throw one.reason;
  if (two.status === 'rejected') throw two.reason;
  return one.value;
}

function usedPorts(settings: StackSettings, withWebapps: boolean): (keyof Ports)[] {
  const unused: (keyof Ports)[] = [
    ...(withWebapps ? [] : (['tasklist', 'webappsManagement', 'webappsInternal'] as const)),
    ...(settings.databaseUrl === null ? [] : (['postgres'] as const)),
  ];
  const names = Object.keys(portSettings) as (keyof Ports)[];
  return names.filter((name) => !unused.includes(name));
}

async function stopAll(
  supervised: Supervised[],
  closeState: () => Promise<void>,
  log: Say,
): Promise<void> {
  if (supervised.length > 0) log('Stopping the stack…');
  const named = (...names: string[]) => supervised.filter(({ part }) => names.includes(part.name));
  // Who uses stops before what is used.
  for (const group of [named('webapps'), named('broker'), named('opensearch', 'postgres')]) {
    await Promise.all(group.map((one) => one.stop()));
  }
  await closeState();
  if (supervised.length > 0) log('The stack has stopped');
}

/** Keeps the state file up to date, one write after another. */
async function stateRecorder(dataDir: string, supervised: Supervised[]) {
  const launcher = await thisProcess();
  const startedAt = new Date().toISOString();
  let writing = Promise.resolve();
  const write = () =>
    writeState(dataDir, {
      launcher,
      startedAt,
      parts: supervised.map((one) => ({
        name: one.part.name,
        title: one.part.title,
        address: one.part.address,
        state: one.state(),
        running: one.running(),
      })),
    });
  return {
    changed: () => {
      // The file only informs: a full disk must not take the stack down.
      writing = writing.then(write).catch(() => undefined);
    },
    close: async () => {
      await writing;
      await removeState(dataDir);
    },
  };
}
