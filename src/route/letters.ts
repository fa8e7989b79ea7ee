/** What texts are compared by: enough to tell them apart, little enough to be quick. */
const LENGTH = 250;

const CYRILLIC = 'абвгдежзийклмнопрстуфхцчшщъыьэюя';
/** One for each: what `pg_trgm` takes for a letter depends on the database's locale, but for these. */
const KNOWN = 'abcdefghijklmnopqrstuvwxyz012345';
const LETTERS = new Map([...CYRILLIC].map((letter, index) => [letter, KNOWN[index] ?? '']));

/** The beginning of a text as `pg_trgm` compares it: small letters, ё as е, no addresses. */
export function letters(text: string): string {
  const plain = text
    .replace(/https?:\/\/\S+/g, ' ')
    .slice(0, LENGTH)
    .toLowerCase()
    .replaceAll('ё', 'е');
  return [...plain].map((letter) => LETTERS.get(letter) ?? letter).join('');
}
