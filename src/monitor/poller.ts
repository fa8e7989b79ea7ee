import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../db/data-source.ts';
import { backOff } from '../engine/back-off.ts';
import { TryLater } from '../errors.ts';
import { log } from '../log.ts';
import { pollFailures } from '../metrics/process.ts';
import { CredentialsRefused, type Page } from '../networks/port.ts';
import { dropLeases, takeLease, type Lease } from './lease.ts';
import { isPartAway, reasonOf } from './reason.ts';

/** Something that one process at a time reads again and again from where it stopped. */
export interface Polled {
  network: string;
  source: string;
  everyMs: number;
  read(position: unknown, signal: AbortSignal): AsyncIterable<Page>;
  /** Takes a page in; must bear the same page twice. */
  take(page: Page): Promise<void>;
}

/** How long a process may be silent within one page before another takes over. */
const SILENCE_MS = 60_000;
/** A token that was refused will not be accepted a second later. */
const CREDENTIALS_MS = 5 * 60_000;
/** Short enough to go on soon once the database or the engine is back. */
const PART_AWAY_MS = 5_000;

/**
 * Polls until `signal` stops it, then gives its leases up. A failure waits for what the network asked
 * or for a growing, jittered while; nothing is lost, since the position moves on only when everything
 * before it is stored.
 */
export async function poll(
  db: Database,
  owner: string,
  polled: readonly Polled[],
  signal: AbortSignal,
): Promise<void> {
  await Promise.all(polled.map((each) => pollOne(db, owner, each, signal)));
  await dropLeases(db, owner).catch((error: unknown) =>
    log.warn({ err: error }, 'leases not dropped'),
  );
}

async function pollOne(
  db: Database,
  owner: string,
  polled: Polled,
  signal: AbortSignal,
): Promise<void> {
  const { network, source, everyMs } = polled;
  const key = `poll ${network} ${source}`;
  while (!signal.aborted) {
    let waitMs = everyMs;
    let lease: Lease | null = null;
    try {
      lease = await takeLease(db, owner, network, source, SILENCE_MS);
      if (lease) await readAll(lease, polled, signal);
      backOff.forget(key);
    } catch (error) {
      if (signal.aborted) break;
      waitMs = waitAfter(error, key);
      pollFailures.inc({ network });
      report(error, network, source, waitMs);
      if (lease) await keepFailure(lease, error, waitMs + SILENCE_MS).catch(() => undefined);
    }
    await sleep(waitMs, undefined, { signal }).catch(() => undefined);
  }
}

async function readAll(lease: Lease, polled: Polled, signal: AbortSignal): Promise<void> {
  let position = lease.position;
  for await (const page of polled.read(lease.position, signal)) {
    await polled.take(page);
    position = page.position;
    // Another process goes on from the old position; what was stored here it finds stored.
    if (!(await lease.renew(SILENCE_MS)) || signal.aborted) return;
  }
  await lease.done(position, polled.everyMs + SILENCE_MS);
}

/** Keeps why the network was not read, for people to see, and the lease for `ms` more. */
async function keepFailure(lease: Lease, error: unknown, ms: number): Promise<void> {
  const reason = reasonOf(error);
  if (reason === null) await lease.renew(ms);
  else await lease.failed(reason, ms);
}

function waitAfter(error: unknown, key: string): number {
  if (isPartAway(error)) return Math.min(PART_AWAY_MS, backOff.next(key));
  const asked = error instanceof TryLater ? (error.afterMs ?? 0) : 0;
  const least = error instanceof CredentialsRefused ? CREDENTIALS_MS : asked;
  return Math.max(least, backOff.next(key));
}

function report(error: unknown, network: string, source: string, waitMs: number): void {
  const what = { network, source, waitMs };
  // That the database or the engine is away is said once, for everything that needs it.
  if (isPartAway(error)) log.debug({ ...what, why: messageOf(error) }, 'polling put off');
  else if (error instanceof TryLater) log.warn({ ...what, why: error.message }, 'polling put off');
  else if (error instanceof CredentialsRefused) {
    log.error({ ...what, why: error.message }, 'the network does not accept our token');
  } else log.error({ ...what, err: error }, 'polling failed');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
