import type { Database } from '../db/data-source.ts';
import { lookAgain, type OnChange } from '../monitor/changes.ts';
import { webhookStored } from '../metrics/process.ts';
import { takeIn } from '../monitor/intake.ts';
import type { Network } from '../networks/port.ts';
import { mayRead } from '../networks/switches.ts';

/** What one notice may make us read at once. */
const AT_ONCE = 50;

/**
 * Reads what a notice named from the network and takes it in, edits and deletions as well. Throws what
 * reading throws; may be run again, since each object is stored once. Nothing
 * is read while the network is switched off.
 */
export async function takeNotice(
  db: Database,
  network: Network,
  objects: readonly string[],
  onChange: OnChange,
  signal: AbortSignal,
): Promise<void> {
  if (!(await mayRead(db.manager, network.code))) return;
  for (let at = 0; at < objects.length; at += AT_ONCE) {
    const some = objects.slice(at, at + AT_ONCE);
    const found = (await network.find?.(some, signal)) ?? [];
    // First, so that what is taken in now is not read twice.
    await lookAgain(db, network, some, onChange, signal);
    const { stored } = await takeIn(db, found, new Date());
    webhookStored.inc({ network: network.code }, stored);
  }
}
