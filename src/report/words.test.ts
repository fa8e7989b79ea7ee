import { expect } from 'chai';
import { counted } from '../procedure/counted.ts';
import { change, dative, share } from './words.ts';

const FORMS = ['сообщение', 'сообщения', 'сообщений'] as const;

describe('Numbers and posts in Russian', () => {
  for (const [value, told] of [
    [0, '0 сообщений'],
    [1, '1 сообщение'],
    [3, '3 сообщения'],
    [11, '11 сообщений'],
    [21, '21 сообщение'],
    [112, '112 сообщений'],
    [1_234, '1\u00A0234 сообщения'],
  ] as const) {
    it(`count ${told}`, () => {
      expect(counted(value, FORMS)).to.equal(told);
    });
  }

  it('tell shares and changes', () => {
    expect(share(1, 3)).to.equal('33,3 %');
    expect(share(0, 0)).to.be.null;
    expect([change(5, 3), change(3, 5), change(3, 3)]).to.deep.equal(['+2', '−2', '0']);
  });

  it('address a post that is known to the dative, and no other', () => {
    expect(dative('Заместитель Губернатора Смоленской области')).to.equal(
      'Заместителю Губернатора Смоленской области',
    );
    expect(dative('Первый заместитель Губернатора')).to.equal('Первому заместителю Губернатора');
    expect(dative('Вице-губернатор')).to.equal('Вице-губернатору');
    expect(dative('Глава республики')).to.be.null;
    expect(dative('Первый секретарь')).to.be.null;
  });
});
