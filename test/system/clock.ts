import { DateTime } from 'luxon';

export const ZONE = 'Europe/Moscow';

/** The engine's clock: pinned, and moved forward only. */
export interface Clock {
  now(): DateTime;
  /** This day at `time`, for example `17:59`, by the region's zone. */
  today(time: string): DateTime;
  /** Waits until the engine has nothing left to do, moves on, and waits again. */
  advanceTo(instant: DateTime): Promise<void>;
  /** Moves on by milliseconds, whatever is going on: for what waits by the engine's clock. */
  nudge(milliseconds: number): Promise<void>;
}

/** `steady` resolves when the engine has nothing to do at the time of the clock. */
export async function pinClock(
  brokerRest: string,
  start: DateTime,
  steady: (clock: Clock) => Promise<void>,
): Promise<Clock> {
  let now = start.setZone(ZONE);
  const pin = async (instant: DateTime): Promise<void> => {
    if (instant < now) throw new Error(`the clock stands at ${now.toISO()} and never moves back`);
    const response = await fetch(`${brokerRest}/v2/clock`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ timestamp: instant.toMillis() }),
    });
    if (!response.ok) throw new Error(`the clock was not moved: ${await response.text()}`);
    now = instant.setZone(ZONE);
  };
  await pin(now);
  const clock: Clock = {
    now: () => now,
    today: (time) => now.set({ ...DateTime.fromISO(time).toObject(), ...dateOf(now) }),
    async advanceTo(instant) {
      await steady(clock);
      await pin(instant);
      await steady(clock);
    },
    nudge: (milliseconds) => pin(now.plus(milliseconds)),
  };
  return clock;
}

const dateOf = ({ year, month, day }: DateTime) => ({ year, month, day });
