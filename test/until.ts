import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until `check` gives something truthy and returns it; the test's own time limit ends it. */
export async function until<T>(check: () => T | Promise<T>): Promise<NonNullable<T>> {
  for (;;) {
    const value = await check();
    if (value) return value;
    await sleep(20);
  }
}
