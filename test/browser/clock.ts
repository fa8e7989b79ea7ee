import { setInterval } from 'node:timers';

const EVERY_MS = 500;

/**
 * Moves the engine's clock to `instant` and lets it run on from there. The engine can only pin its
 * clock, and a pinned one freezes the back-off and the time limits of jobs, so it is pinned anew as
 * time passes. Resolves to what ends that.
 */
export async function runFrom(brokerRest: string, instant: Date): Promise<() => void> {
  const began = Date.now();
  const pin = async () => {
    const timestamp = instant.getTime() + Date.now() - began;
    const response = await fetch(`${brokerRest}/v2/clock`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ timestamp }),
    });
    if (!response.ok) throw new Error(`the clock was not moved: ${await response.text()}`);
  };
  await pin();
  const timer = setInterval(() => void pin().catch(() => undefined), EVERY_MS);
  return () => clearInterval(timer);
}
