import type { Tx } from '../../db/data-source.ts';
import type { Surge } from '../../db/entities/surge.ts';
import type { RegionSettings } from '../../registry/settings.ts';
import { surgeChart } from './chart.ts';
import { messagesIn, type SurgeMessage } from './counts.ts';
import { hoursOf } from './hours.ts';

/** A surge up to `now`, or to its end: its messages, and its chart (PNG) for those who show it. */
export async function soFar(
  tx: Tx,
  surge: Surge,
  settings: RegionSettings,
  now: Date,
): Promise<{ messages: SurgeMessage[]; chart: () => Promise<Buffer> }> {
  const to = surge.endedAt ?? now;
  return {
    messages: await messagesIn(tx, surge, { from: surge.windowFrom, to }),
    chart: async () => surgeChart(surge, await hoursOf(tx, surge, settings, to), settings.zone),
  };
}
