/**
 * Tells of texts whether they answer the query. Every word must occur, in any of its forms as far as
 * cutting the ending tells; a phrase in quotes must occur as it stands; a word with a minus must not
 * occur.
 */
export function matcher(query: string): (text: string) => boolean {
  const plain = query.toLowerCase().replaceAll('ё', 'е');
  const phrases = [...plain.matchAll(/"([^"]+)"/g)].map((match) => match[1] ?? '');
  const terms = plain.replace(/"[^"]*"/g, ' ').match(/(?<![\p{L}\p{N}])-?[\p{L}\p{N}]+/gu) ?? [];
  const unwanted = terms.filter((term) => term.startsWith('-')).map((term) => term.slice(1));
  const wanted = terms.filter((term) => !term.startsWith('-'));
  if (phrases.length === 0 && terms.length === 0) return () => false;
  const must = [...phrases.map(anywhere), ...wanted.map(beginsWord)];
  const mustNot = unwanted.map(beginsWord);
  return (text) => must.every((it) => it.test(text)) && !mustNot.some((it) => it.test(text));
}

const anywhere = (text: string): RegExp => new RegExp(eitherE(text), 'iu');

/** A word of letters and digits that begins as `term` does. */
const beginsWord = (term: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])${eitherE(stem(term))}`, 'iu');

/** The pattern of a text in which "ё" was written as "е". */
const eitherE = (text: string): string =>
  text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replaceAll('е', '[её]');

const ending = /(ами|ями|ого|его|ому|ему|[аоыияе][мх]|[ое]в|[аеиоуыэюяйь]{1,2})$/;

/** The word without its ending, as far as the letters tell; at least two letters are left. */
function stem(word: string): string {
  const cut = word.replace(ending, '');
  return cut.length < 2 ? word : cut;
}
