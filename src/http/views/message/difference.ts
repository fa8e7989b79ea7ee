import { diffWords } from 'diff';
import { escapeHtml } from '../../../procedure/escape-html.ts';

const WORDS = new Intl.Segmenter('ru', { granularity: 'word' });
/** Texts that have nothing to do with each other take long to compare, and nobody wants to see it. */
const LONGEST_MS = 200;

/**
 * What became of `before`, word by word, as HTML: what went is `<del>`, what came is `<ins>`. A screen
 * reader hears where each begins and ends. Null: the texts are too different to say.
 */
export function difference(before: string, after: string): string | null {
  const parts = diffWords(before, after, { intlSegmenter: WORDS, timeout: LONGEST_MS });
  if (parts === undefined) return null;
  return parts
    .map(({ value, added, removed }) => {
      const text = escapeHtml(value);
      if (added) return `<ins>${heard('добавлено:')}${text}${heard('конец добавленного')}</ins>`;
      if (removed) return `<del>${heard('удалено:')}${text}${heard('конец удалённого')}</del>`;
      return text;
    })
    .join('');
}

const heard = (words: string): string => `<span class="heard"> ${words} </span>`;
