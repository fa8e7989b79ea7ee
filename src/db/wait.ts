import { setTimeout as sleep } from 'node:timers/promises';
import { backOff } from '../engine/back-off.ts';
import type { Part } from '../health.ts';
import { regionSettings } from '../registry/queries.ts';
import type { RegionSettings } from '../registry/settings.ts';
import { isDatabaseAway } from './away.ts';
import { connectDatabase, type Database } from './data-source.ts';

const LONGEST_PAUSE_MS = 5_000;

/**
 * Connects to the database and reads the region, again and again while the database is away.
 * @throws InputError for what waiting does not put right; the signal's reason when it is aborted.
 */
export async function untilRegion(
  db: Database,
  part: Pick<Part, 'found' | 'lost'>,
  signal: AbortSignal,
): Promise<RegionSettings> {
  for (;;) {
    signal.throwIfAborted();
    try {
      if (!db.isInitialized) await connectDatabase(db);
      const region = await regionSettings(db.manager);
      part.found();
      backOff.forget('database');
      return region;
    } catch (error) {
      if (!isDatabaseAway(error)) throw error;
      part.lost(error);
    }
    const pause = Math.min(LONGEST_PAUSE_MS, backOff.next('database'));
    await sleep(pause, undefined, { signal }).catch(() => undefined);
  }
}
