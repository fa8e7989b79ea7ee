import { expect } from 'chai';
import { excerpt } from './excerpt.ts';
import { quote } from './markdown.ts';

describe('excerpt', () => {
  it('quotes a text that fits as it is', () => {
    expect(excerpt('Яма!\nНа дороге', 100)).to.equal(quote('Яма!\nНа дороге'));
  });

  for (const text of [
    'я'.repeat(8_000),
    '*'.repeat(8_000),
    'а.\n'.repeat(3_000),
    '😀'.repeat(5_000),
  ]) {
    it(`cuts ${text.slice(0, 2)}… to the budget, escapes counted`, () => {
      const cut = excerpt(text, 1_000, '… дальше');
      expect(cut.length).to.be.within(900, 1_000);
      expect(cut).to.match(/… дальше$/);
    });
  }

  it('gives only the note when nothing fits', () => {
    expect(excerpt('длинный текст', 2, '…')).to.equal('> …');
  });
});
