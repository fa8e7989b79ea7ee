import { setTimeout as sleep } from 'node:timers/promises';

/** What keeps a process alive when it is forgotten: connections, servers, children. Timers are mocha's too. */
const KINDS = ['TCPSocketWrap', 'TCPServerWrap', 'ProcessWrap', 'PipeWrap'];
const PATIENCE_MS = 15_000;

export const handlesNow = (): string[] =>
  process.getActiveResourcesInfo().filter((kind) => KINDS.includes(kind));

/** Fails when more is open than `before`; idle connections of `fetch` close after some seconds. */
export async function assertNothingLeft(before: readonly string[]): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (handlesNow().length > before.length) {
    if (performance.now() > end) {
      throw new Error(`left open: ${handlesNow().join(', ')}; before: ${before.join(', ')}`);
    }
    await sleep(50);
  }
}
