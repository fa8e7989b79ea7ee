import { matchable } from './matchable.ts';

/**
 * The municipality that a text mentions; null for none or several. `text` is `matchable`; `words` of a
 * place are words or phrases, `*` for any end of a word. Where several fit, the longest phrase counts:
 * «Смоленский район» is not the city.
 */
export function mentionedMunicipality<Place extends { words: readonly string[] }>(
  text: string,
  places: readonly Place[],
): Place | null {
  const words = text.split(/[^а-я-]+/).filter(Boolean);
  const phrases = places
    .flatMap((place) =>
      place.words.map((phrase) => ({ place, parts: matchable(phrase).split(' ') })),
    )
    .sort((one, other) => other.parts.length - one.parts.length);
  const found = new Set(
    words.flatMap((_, start) => {
      const phrase = phrases.find(({ parts }) =>
        parts.every((part, index) => fits(words[start + index], part)),
      );
      return phrase ? [phrase.place] : [];
    }),
  );
  const [only, ...more] = found;
  return more.length === 0 ? (only ?? null) : null;
}

function fits(word: string | undefined, part: string): boolean {
  return part.endsWith('*') ? (word?.startsWith(part.slice(0, -1)) ?? false) : word === part;
}
