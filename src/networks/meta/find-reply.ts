import { MetaError } from './errors.ts';

/**
 * Runs a search for our own reply. There is no key that keeps a new try from publishing twice, so only
 * an original that is gone counts as «not there»; where we may not look it throws, and a person has to.
 */
export async function searched<T>(search: () => Promise<T | null>): Promise<T | null> {
  try {
    return await search();
  } catch (error) {
    if (error instanceof MetaError && error.kind === 'missing') return null;
    throw error;
  }
}
