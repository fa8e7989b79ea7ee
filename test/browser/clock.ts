import { setInterval } from 'node:timers';

const EVERY_MS = 500;

/**
 * Moves the engine's clock to `instant` and lets it run on from there. The engine can only pin its
 * clock, and a pinned one freezes the back-off and the time limits of jobs, so it is pinned anew as
 * time passes. Resolves to what ends that.
 */
export async function runFrom(brokerRest: string, instant: Date): Promise<() => void> {
  const began = Date.now();
  const move = () => pin(brokerRest, instant.getTime() + Date.now() - began);
  await move();
  const timer = setInterval(() => void move().catch(() => undefined), EVERY_MS);
  return () => clearInterval(timer);
}

/** Lets `act` happen while the engine's clock stands at a whole second, then lets it run again. */
export async function atWholeSecond(brokerRest: string, act: () => Promise<void>): Promise<void> {
  await pin(brokerRest, Math.ceil(Date.now() / 1_000) * 1_000);
  await act();
  const response = await fetch(`${brokerRest}/v2/clock/reset`, { method: 'POST' });
  if (!response.ok) throw new Error(`the clock does not run again: ${await response.text()}`);
}

async function pin(brokerRest: string, timestamp: number): Promise<void> {
  const response = await fetch(`${brokerRest}/v2/clock`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ timestamp }),
  });
  if (!response.ok) throw new Error(`the clock was not moved: ${await response.text()}`);
}
