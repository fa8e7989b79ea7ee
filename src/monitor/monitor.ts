import { setMaxListeners } from 'node:events';
import type { Database } from '../db/data-source.ts';
import { log } from '../log.ts';
import type { Network } from '../networks/port.ts';
import { checkInBatches, noticeEdits, type OnChange } from './changes.ts';
import { takeIn } from './intake.ts';
import { poll, type Polled } from './poller.ts';

/** How often messages in work are looked up for edits and deletions, milliseconds. */
const CHANGES_EVERY_MS = 60_000;

export interface MonitorOptions {
  db: Database;
  networks: readonly Network[];
  /** What is searched for, beside the region's own pages. */
  words: readonly string[];
  /** Names this process in the leases; unique among those that share the database. */
  owner: string;
  onChange: OnChange;
  signal: AbortSignal;
  /** Told when new messages were stored. */
  onStored?: () => void;
  changesEveryMs?: number;
}

/** Reads all networks until `signal` stops it; resolves when nothing runs any more (clause 2). */
export async function runMonitor(options: MonitorOptions): Promise<void> {
  // Every source waits on this one signal.
  setMaxListeners(0, options.signal);
  const readable = options.networks.filter((network) => network.canRead);
  await poll(
    options.db,
    options.owner,
    readable.flatMap((network) => [
      ...readSources(network, options),
      watchChanges(network, options),
    ]),
    options.signal,
  );
}

function readSources(
  network: Network,
  { db, words, onChange, onStored }: MonitorOptions,
): Polled[] {
  return network.sources(words).map((source) => ({
    network: network.code,
    source: source.key,
    everyMs: network.pollEveryMs,
    read: (position, signal) => source.read(position, signal),
    async take({ found }) {
      if (found.length === 0) return;
      const { stored } = await takeIn(db, found, new Date());
      if (stored > 0) onStored?.();
      if (stored < found.length) await noticeEdits(db, network, found, onChange);
    },
  }));
}

function watchChanges(network: Network, options: MonitorOptions): Polled {
  const { db, onChange, changesEveryMs = CHANGES_EVERY_MS } = options;
  return {
    network: network.code,
    source: 'changes',
    everyMs: changesEveryMs,
    async *read(position, signal) {
      for await (const count of checkInBatches(db, network, onChange, signal)) {
        if (count > 0) log.info({ network: network.code, count }, 'messages changed by authors');
        yield { found: [], position };
      }
    },
    take: () => Promise.resolve(),
  };
}
