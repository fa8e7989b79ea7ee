import { setTimeout as sleep } from 'node:timers/promises';
import type { DateTime } from 'luxon';
import { ZONE } from '../system/clock.ts';

/**
 * The engine's clock: pinned, moved forward in full minutes. A broker that dies may have taken a move
 * or not, so each move goes on from the latest instant that was ever asked for.
 */
export interface EngineClock {
  now(): DateTime;
  /** False: the broker is away. */
  forward(minutes: number): Promise<boolean>;
  /** Waits for a broker that died and is back without its pin: it remembers that of its last snapshot. */
  restore(): Promise<void>;
  /** False from a death of the broker until its clock is restored. */
  stands(): boolean;
}

export async function pinEngineClock(brokerRest: string, start: DateTime): Promise<EngineClock> {
  let asked = start.setZone(ZONE);
  const pin = () =>
    fetch(`${brokerRest}/v2/clock`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ timestamp: asked.toMillis() }),
      signal: AbortSignal.timeout(15_000),
    }).then(
      ({ ok }) => ok,
      () => false,
    );
  if (!(await pin())) throw new Error('the engine’s clock cannot be pinned');
  let standing = true;
  return {
    stands: () => standing,
    async restore() {
      standing = false;
      while (!(await pin())) await sleep(50);
      standing = true;
    },
    now: () => asked,
    forward(minutes) {
      asked = asked.plus({ minutes });
      return pin();
    },
  };
}
