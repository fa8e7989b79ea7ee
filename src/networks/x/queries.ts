/**
 * Search queries for all `words`, each at most `limit` characters: fewer calls than one a word. A word
 * of several is found where all of them stand. Reposts and our own posts are left out.
 */
export function queriesFor(words: readonly string[], account: string, limit: number): string[] {
  const queries: string[] = [];
  let terms: string[] = [];
  for (const word of words) {
    const term = termOf(word);
    if (terms.length > 0 && queryOf([...terms, term]).length > limit) {
      queries.push(queryOf(terms));
      terms = [];
    }
    terms.push(term);
  }
  if (terms.length > 0) queries.push(queryOf(terms));
  return queries;

  function queryOf(all: string[]): string {
    return `(${all.join(' OR ')}) -is:retweet -from:${account}`;
  }
}

/** Quotation marks keep a word from being taken for an operator. */
function termOf(word: string): string {
  const parts = word
    .trim()
    .split(/\s+/)
    .map((part) => (/^#?[\p{L}\p{N}_]+$/u.test(part) ? part : `"${part.replaceAll('"', '')}"`));
  return parts.length > 1 ? `(${parts.join(' ')})` : parts.join();
}
