import { gone, outcomeOf } from '../outcome.ts';
import type { Network, PublicationOutcome, Published } from '../port.ts';
import type { MetaClient, Query } from './client.ts';
import { MetaError } from './errors.ts';

/** A publishing call that failed, and how to find out more. */
export interface Failed {
  error: unknown;
  sent: unknown;
  /** The object that was to be answered. */
  original: Query;
  /** Looks for our reply. */
  find: () => Promise<Published | null>;
  signal: AbortSignal | undefined;
}

const DUPLICATE = 506;

/**
 * What a failed publishing call comes to. «Duplicate» means that our reply may be there already, and
 * «no such object» that the original may be gone: both are looked up before anything is said.
 */
export async function settled(
  client: MetaClient,
  network: Pick<Network, 'code' | 'name'>,
  { error, sent, original, find, signal }: Failed,
): Promise<PublicationOutcome> {
  const outcome = outcomeOf(network, error, sent);
  if (!(error instanceof MetaError)) return outcome;
  if (error.code === DUPLICATE) {
    try {
      const found = await find();
      if (found) return { state: 'published', ...found, sent };
    } catch (failure) {
      const why = failure instanceof Error ? failure.message : String(failure);
      const reason = `${error.reason}, проверить не удалось (${why})`;
      return { state: 'unknown', reason, sent, received: { failure: why } };
    }
  }
  if (outcome.state !== 'refused' && outcome.state !== 'needs-person') return outcome;
  return (await isGone(client, original, signal)) ? gone(sent, outcome.received) : outcome;
}

/** False also when the network does not tell. */
async function isGone(client: MetaClient, original: Query, signal?: AbortSignal): Promise<boolean> {
  return client.get(original, signal).then(
    () => false,
    (error: unknown) => error instanceof MetaError && error.kind === 'missing',
  );
}
