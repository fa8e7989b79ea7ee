import { TryLater } from '../../errors.ts';
import { CredentialsRefused, type NowThere } from '../port.ts';
import { readingFailure } from '../network-error.ts';
import type { MetaClient, Query } from './client.ts';
import { MetaError } from './errors.ts';

/**
 * What became of objects. The Graph API says the same of what is gone and of what we may no longer
 * see, so `own` (our page or account) is asked for along with them: when that is not readable either,
 * nothing is called deleted.
 */
export async function lookUpEach(
  client: MetaClient,
  own: Query,
  queries: ReadonlyMap<string, Query>,
  textOf: (answer: unknown) => string | null,
  signal?: AbortSignal,
): Promise<Map<string, NowThere>> {
  const found = new Map<string, NowThere>();
  const answers = await readObjects(client, own, queries, signal);
  for (const [externalId, answer] of answers) {
    if (answer === null) found.set(externalId, { deleted: true });
    else {
      const text = textOf(answer);
      if (text !== null) found.set(externalId, { deleted: false, text });
    }
  }
  return found;
}

/** Answers by key; null: certainly gone; one the network could not tell about is left out. */
export async function readObjects(
  client: MetaClient,
  own: Query,
  queries: ReadonlyMap<string, Query>,
  signal?: AbortSignal,
): Promise<Map<string, unknown>> {
  const found = new Map<string, unknown>();
  if (queries.size === 0) return found;
  const [ours, ...answers] = await client.readEach([own, ...queries.values()], signal);
  if (ours === null || ours instanceof Error) {
    if (ours === null) throw new TryLater(`${own.path}: no answer in a batch`);
    if (ours instanceof MetaError && ours.kind === 'missing') {
      throw new CredentialsRefused(ours.message);
    }
    throw readingFailure(own.path, ours);
  }
  for (const [index, externalId] of [...queries.keys()].entries()) {
    const answer = answers[index] ?? null;
    if (!(answer instanceof Error)) {
      if (answer !== null) found.set(externalId, answer);
    } else if (answer instanceof MetaError && answer.kind === 'missing') {
      found.set(externalId, null);
    } else if (answer instanceof MetaError && ['rate', 'credentials'].includes(answer.kind)) {
      throw readingFailure(externalId, answer);
    }
  }
  return found;
}
