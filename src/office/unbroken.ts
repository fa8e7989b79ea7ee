/** The text with spaces at which no line ends: before a dash, and between a number and its unit or sign. */
export const unbroken = (text: string): string =>
  text
    .replace(/ (?=[–—] )/g, '\u00A0')
    .replace(/(\d) (?=ч|мин|сут|%|года?(?![а-яё]))/g, '$1\u00A0')
    .replace(/(пункт\S*|п\.|№) (?=\d)/g, '$1\u00A0');
