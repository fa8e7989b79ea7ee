import type { FaultInput, FaultKind } from '../../sandbox/faults.ts';
import type { Network } from '../../src/networks/port.ts';

/**
 * A network's stand-in with our adapter before it, as the contract of all networks sees the two.
 * Objects are named by the ids under which the adapter finds them.
 */
export interface World {
  network: Network;
  /** The name of the citizen who writes. */
  author: string;
  /** The adapter made anew, as after a restart. */
  restarted(): Network;
  /** The adapter for an address where nothing listens. */
  away(): Promise<Network>;
  /** The adapter with tokens that the network does not accept. */
  intruder(): Network;
  /** A citizen writes where the region is read. */
  post(text: string): string;
  /** Our publication, where comments can be read under ours alone; null: under citizens' posts too. */
  thread: string | null;
  comment(on: string, text: string): string;
  edit(id: string, text: string): void;
  remove(id: string): void;
  /** Texts of our answers under a post or a comment, oldest first. */
  answers(under: string): string[];
  /**
   * The next call that publishes an answer goes wrong in this way, or the next call of any kind; `times`:
   * so many calls, null: from now on all.
   */
  spoil(kind: FaultKind, on?: 'publishing' | 'anything', times?: number | null): void;
  /** The page to which a permanent link leads. */
  open(permalink: string): Promise<string>;
  close(): Promise<void>;
}

export const openPage = async (permalink: string): Promise<string> =>
  (await fetch(permalink)).text();

/** `spoil` of a stand-in whose call `publishes` brings answers. */
export const spoiling =
  (stand: { behaviour(fault: FaultInput): unknown }, publishes: string): World['spoil'] =>
  (kind, on = 'publishing', times = 1) =>
    void stand.behaviour({
      kind,
      method: on === 'publishing' ? publishes : '*',
      times,
      ...(kind === 'latency' && { ms: 50 }),
    });
