import { expect } from 'chai';
import { xAt } from '../../../test/x.ts';
import { queriesFor } from './queries.ts';
import { splitForThread } from './thread.ts';
import { weigh } from './weight.ts';

const x = xAt('http://localhost:9', null);
const rulesOf = (text: string, asThread = false) =>
  x.format({ text, asThread }).map(({ rule }) => rule);

describe('X: the length of a text', () => {
  for (const [text, weight] of [
    ['Смоленск', 8],
    ['Ёжик', 4],
    ['Работы закончены 👍', 19],
    ['👨‍👩‍👧', 2],
    ['🇷🇺', 2],
    ['https://admin-smolensk.ru/очень/длинный/путь/до/страницы/с/планом/работ', 23],
    ['План: https://example.com/?a=1 и https://example.com/2', 6 + 23 + 3 + 23],
    ['смоленск.рф', 11],
    ['smolensk.ru', 23],
    ['水', 2],
    ['№', 2],
    ['«Отклик» — это', 14],
  ] as const) {
    it(`${JSON.stringify(text)} weighs ${weight}`, () => expect(weigh(text)).to.equal(weight));
  }
});

describe('X: format of an answer (clause 11)', () => {
  it('takes 280 and not 281, a link for 23 and an emoji for two', () => {
    expect(rulesOf('я'.repeat(280))).to.deep.equal([]);
    expect(rulesOf(`  ${'я'.repeat(280)}\r\n`)).to.deep.equal([]);
    expect(rulesOf('я'.repeat(281))).to.deep.equal(['too-long']);
    expect(rulesOf(`${'я'.repeat(256)} https://example.com/${'a'.repeat(200)}`)).to.be.empty;
    expect(rulesOf(`${'я'.repeat(279)}👍`)).to.deep.equal(['too-long']);
  });

  it('offers to shorten a long answer or to publish it as a thread', () => {
    const [problem] = x.format({ text: 'слово '.repeat(100) });
    expect(problem?.message)
      .to.contain('знаков — 599, можно 280')
      .and.contain('Лишних — 319')
      .and.contain('Сократите ответ или опубликуйте его цепочкой; записей в ней — 3.');
    expect(rulesOf('слово '.repeat(100), true)).to.deep.equal([]);
  });

  it('keeps the rules common to all networks', () => {
    expect(rulesOf('')).to.deep.equal(['empty']);
    expect(rulesOf('Уважаемая {{имя}}!', true)).to.deep.equal(['placeholder']);
  });

  it('lets a GIF go only alone', () => {
    const gif = { name: 'a.gif', mediaType: 'image/gif', size: 10 };
    expect(x.format({ text: 'Готово', attachments: [gif] })).to.be.empty;
    const [problem] = x.format({ text: 'Готово', attachments: [gif, gif] });
    expect(problem?.message).to.contain('только одно');
  });

  it('shows a thread as it will stand there', () => {
    const preview = x.preview({ text: 'слово '.repeat(60), asThread: true });
    expect(preview.text)
      .to.contain('(1/2)\n\n')
      .and.to.match(/\(2\/2\)$/);
    expect(preview.length).to.be.at.most(280);
    expect(x.preview({ text: 'Готово 👍' })).to.include({ length: 9, limit: 280 });
  });
});

describe('X: splitting for a thread', () => {
  const words = (text: string) => text.split(/\s+/);
  const unnumbered = (pieces: string[]) =>
    pieces.map((piece) => piece.replace(/ \(\d+\/\d+\)$/, '')).join(' ');

  it('leaves a text that fits as it is', () => {
    expect(splitForThread('я'.repeat(280), 280)).to.deep.equal(['я'.repeat(280)]);
  });

  for (const [what, text] of [
    ['sentences', 'Работы идут по графику. Спасибо за обращение! '.repeat(30)],
    ['paragraphs', `${'слово '.repeat(30)}\n\n`.repeat(8)],
    ['links', 'См. https://example.com/очень/длинный/путь/до/страницы/планом и далее '.repeat(30)],
    ['emoji', 'Готово 👨‍👩‍👧 👍🏽 '.repeat(100)],
    ['a text of two-figure numbers', 'слово '.repeat(900)],
  ] as const) {
    it(`of ${what} keeps every word, within the limit, numbered`, () => {
      const pieces = splitForThread(text, 280);
      for (const [index, piece] of pieces.entries()) {
        expect(weigh(piece)).to.be.at.most(280);
        expect(piece.endsWith(` (${index + 1}/${pieces.length})`)).to.equal(true);
      }
      expect(words(unnumbered(pieces))).to.deep.equal(words(text.trim()));
      expect(splitForThread(text, 280)).to.deep.equal(pieces);
    });
  }

  it('cuts at the end of a sentence rather than between words', () => {
    const text = `${'слово '.repeat(35)}конец. ${'слово '.repeat(35)}`;
    expect(splitForThread(text, 280)[0]).to.match(/конец\. \(1\/2\)$/);
  });

  it('cuts a word without end between characters', () => {
    const pieces = splitForThread('👨‍👩‍👧'.repeat(300), 280);
    expect(unnumbered(pieces).replaceAll(' ', '')).to.equal('👨‍👩‍👧'.repeat(300));
    expect(Math.max(...pieces.map(weigh))).to.be.at.most(280);
  });
});

describe('X: search queries', () => {
  it('hold as many words as fit, whole', () => {
    const given = Array.from({ length: 60 }, (_, n) => `Слово${n}`);
    const queries = queriesFor(given, 'smolgov', 512);
    expect(Math.max(...queries.map((query) => query.length))).to.be.at.most(512);
    expect(queries.flatMap((query) => query.match(/Слово\d+/g) ?? [])).to.deep.equal(given);
    expect(queries[0]).to.match(/^\(Слово0 OR .*\) -is:retweet -from:smolgov$/);
  });

  it('take a word of several and what looks like an operator apart', () => {
    expect(queriesFor(['Гагарин Смоленская', 'from:a', '#Смоленск'], 'g', 512)).to.deep.equal([
      '((Гагарин Смоленская) OR "from:a" OR #Смоленск) -is:retweet -from:g',
    ]);
  });
});
