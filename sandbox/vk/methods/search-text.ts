/**
 * Tells of texts whether they answer the query. Every word must occur, in any of its forms as far as
 * cutting the ending tells; a phrase in quotes must occur as it stands; a word with a minus must not
 * occur.
 */
export function matcher(query: string): (text: string) => boolean {
  const phrases = [...plain(query).matchAll(/"([^"]+)"/g)].map((match) => match[1] ?? '');
  const rest = plain(query).replace(/"[^"]*"/g, ' ');
  const terms = rest.match(/(?<![\p{L}\p{N}])-?[\p{L}\p{N}]+/gu) ?? [];
  const wanted = terms.filter((term) => !term.startsWith('-')).map(beginsWord);
  const unwanted = terms
    .filter((term) => term.startsWith('-'))
    .map((term) => beginsWord(term.slice(1)));
  if (phrases.length === 0 && terms.length === 0) return () => false;
  return (text) => {
    const haystack = plain(text);
    return (
      phrases.every((phrase) => haystack.includes(phrase)) &&
      wanted.every((word) => word.test(haystack)) &&
      !unwanted.some((word) => word.test(haystack))
    );
  };
}

/** A word of letters and digits that begins as `term` does. */
const beginsWord = (term: string): RegExp => new RegExp(`(?<![\\p{L}\\p{N}])${stem(term)}`, 'u');

function plain(text: string): string {
  return text.toLowerCase().replaceAll('ё', 'е');
}

const ending = /(ами|ями|ого|его|ому|ему|[аоыияе][мх]|[ое]в|[аеиоуыэюяйь]{1,2})$/;

/** The word without its ending, as far as the letters tell; at least two letters are left. */
function stem(word: string): string {
  const cut = word.replace(ending, '');
  return cut.length < 2 ? word : cut;
}
