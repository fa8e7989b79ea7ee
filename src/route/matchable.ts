const LENGTH = 3_000;

/** A message's text as the competence table reads it: small letters, ё as е, one space between words. */
export function matchable(text: string): string {
  return text.slice(0, LENGTH).toLowerCase().replaceAll('ё', 'е').replace(/\s+/g, ' ').trim();
}
