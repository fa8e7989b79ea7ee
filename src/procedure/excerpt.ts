import { quote } from './markdown.ts';

/**
 * What somebody wrote as a Markdown quotation of at most `budget` characters, escapes counted: the
 * longest beginning that fits, with `more` behind it.
 */
export function excerpt(text: string, budget: number, more?: string): string {
  if (quote(text, Infinity).length <= budget) return quote(text, Infinity);
  let fits = 0;
  let tooLong = text.length;
  while (tooLong - fits > 1) {
    const middle = (fits + tooLong) >> 1;
    if (quote(text, middle, more).length <= budget) fits = middle;
    else tooLong = middle;
  }
  return quote(text, fits, more);
}
