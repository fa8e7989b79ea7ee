import { expect } from 'chai';
import { createRandom } from '../generate/random.ts';
import { letters } from './letters.ts';
import { sketch, trigrams } from './sketch.ts';

const TEXT =
  'Во дворе дома 7 на улице Кирова третий день не горят фонари, детям страшно идти домой.';
const WORDS = (
  'автобус больница вода горит двор дом дорога ждать зима когда лифт маршрут мусор нет остановка ' +
  'отопление подъезд почему прошу ремонт река свет снег тепло тротуар труба убрать улица холодно школа яма'
).split(' ');

describe('The numbers by which alike texts are found', () => {
  const sketchOf = (text: string) => sketch(letters(text));
  const meet = (one: string, other: string) => {
    const numbers = new Set(sketchOf(one));
    return sketchOf(other).some((number) => numbers.has(number));
  };

  it('are the same for ever, since they are stored', () => {
    expect(sketchOf(TEXT)).to.have.length(80);
    expect(sketchOf(TEXT).slice(0, 3)).to.deep.equal([523801961, -201239340, -1075694630]);
  });

  it('are made of trigrams that are stored as well, each once and in order', () => {
    const own = trigrams(letters(TEXT));
    expect(own).to.deep.equal([...new Set(own)].sort((one, other) => one - other));
    expect(own.slice(0, 3)).to.deep.equal([-2071573282, -1885787599, -1876315243]);
  });

  it('fit the column: whole numbers of 32 bits with a sign', () => {
    const stored = [...sketchOf(TEXT), ...trigrams(letters(TEXT))];
    for (const number of stored) expect(number).to.equal(number | 0);
  });

  it('are shared with a changed text, not with another one', () => {
    expect(meet(TEXT, TEXT.replace('третий день', 'уже неделю'))).to.be.true;
    expect(meet(TEXT, `Здравствуйте! ${TEXT.toUpperCase()}`)).to.be.true;
    expect(meet(TEXT, 'В Вязьме на остановке у рынка нет скамейки и расписания автобусов.')).to.be
      .false;
  });

  it('are shared by texts with every fifth word changed, by few that have nothing in common', () => {
    const random = createRandom(5);
    const text = () => Array.from({ length: 30 }, () => random.one(WORDS));
    let [alike, different] = [0, 0];
    for (let n = 0; n < 200; n += 1) {
      const words = text();
      const changed = words.map((word, at) => (at % 5 === 0 ? random.one(WORDS) : word));
      if (meet(words.join(' '), changed.join(' '))) alike += 1;
      if (meet(words.join(' '), TEXT)) different += 1;
    }
    expect(alike).to.equal(200);
    expect(different).to.be.lessThan(3);
  });

  it('are none for a text that is short or has no letters', () => {
    expect(sketchOf('Спасибо!')).to.be.empty;
    expect(sketchOf('!'.repeat(40))).to.be.empty;
  });
});
