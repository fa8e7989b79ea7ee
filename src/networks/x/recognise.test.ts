import { expect } from 'chai';
import { openX, xAt } from '../../../test/x.ts';
import { recognise } from '../recognise.ts';
import { networksOf } from '../registry.ts';

const x = xAt('http://localhost:3100/x', null);
const idOf = (reference: string) => recognise(networksOf(x), reference)?.externalId ?? null;

describe('X: addresses', () => {
  for (const reference of [
    'https://x.com/anna_petrova/status/1520190330519001',
    'https://twitter.com/anna_petrova/status/1520190330519001?s=20&t=abc',
    'mobile.twitter.com/anna_petrova/statuses/1520190330519001',
    'https://x.com/i/web/status/1520190330519001',
    'https://x.com/i/status/1520190330519001/photo/1',
    'http://localhost:3100/x/citizen_1/status/1520190330519001',
  ]) {
    it(`know the post in ${reference}`, () => expect(idOf(reference)).to.equal('1520190330519001'));
  }

  for (const reference of [
    'https://x.com/anna_petrova',
    'https://x.com/status/1',
    'https://x.com/a/status/',
    'https://x.com/a/status/12x',
    'https://x.com/a/status/99999999999999999999',
    'https://netflix.com/a/status/1',
    'https://x.com.example/a/status/1',
  ]) {
    it(`know none in «${reference}»`, () => expect(idOf(reference)).to.be.null);
  }

  it('of an older version lead to the post as it is now', async () => {
    const world = await openX();
    try {
      const post = world.sandbox.x.post({ text: 'было' });
      const id = post.versions[0]?.id ?? '';
      const later = world.sandbox.x.edit(id, 'стало').versions.at(-1)?.id ?? '';
      for (const each of [id, later]) {
        const [found, ...more] = (await world.x.find?.([each])) ?? [];
        expect(more).to.be.empty;
        expect(found).to.include({ externalId: id, text: 'стало', kind: 'post' });
      }
    } finally {
      await world.close();
    }
  });
});
