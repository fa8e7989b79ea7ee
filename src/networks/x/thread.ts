import { weigh } from './weight.ts';

/**
 * Splits a text into posts of at most `limit`, as X weighs them, each with its number: «… (1/3)». It
 * cuts at the end of a paragraph or a sentence where that leaves a post half full, else between words;
 * a word longer than a post is cut between characters. One post, unnumbered, when the text fits.
 */
export function splitForThread(text: string, limit: number): string[] {
  const whole = text.trim();
  if (weigh(whole) <= limit) return [whole];
  for (let digits = 1; ; digits += 1) {
    const room = limit - ` (${'9'.repeat(digits)}/${'9'.repeat(digits)})`.length;
    const pieces = cut(whole, room);
    if (String(pieces.length).length > digits) continue;
    return pieces.map((piece, index) => `${piece} (${index + 1}/${pieces.length})`);
  }
}

function cut(text: string, room: number): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (weigh(rest) > room) {
    const end = endOfPiece(rest, room);
    pieces.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return [...pieces, rest];
}

/** Where the first piece of `text` ends, in UTF-16 units. */
function endOfPiece(text: string, room: number): number {
  let fits = 0;
  let good = 0;
  for (const { index } of text.matchAll(/\s+/g)) {
    const piece = text.slice(0, index);
    if (weigh(piece) > room) break;
    fits = index;
    const ends = /[.!?…»)]$/.test(piece) || text.startsWith('\n', index);
    if (ends && weigh(piece) >= room / 2) good = index;
  }
  return good || fits || endInWord(text, room);
}

const characters = new Intl.Segmenter('ru', { granularity: 'grapheme' });

function endInWord(text: string, room: number): number {
  let end = 0;
  for (const { index, segment } of characters.segment(text)) {
    if (weigh(text.slice(0, index + segment.length)) > room) break;
    end = index + segment.length;
  }
  // A character that does not fit alone is cut nowhere: X will refuse it.
  return end || text.length;
}
