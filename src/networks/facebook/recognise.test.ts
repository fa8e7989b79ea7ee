import { expect } from 'chai';
import { metaAt } from '../../../test/meta.ts';
import { locate, recognise } from '../recognise.ts';
import { networksOf } from '../registry.ts';

const facebook = metaAt('facebook', 'http://localhost:3100/facebook');
const networks = networksOf(facebook);
const told = (reference: string) => recognise(networks, reference);

describe('Facebook: addresses', () => {
  for (const [reference, id] of [
    ['https://www.facebook.com/519003/posts/12', '519003_12'],
    ['https://m.facebook.com/519003/posts/kogda-zadelayut/12/?__tn__=K', '519003_12'],
    ['https://ru-ru.facebook.com/519003/posts/12/', '519003_12'],
    ['facebook.com/permalink.php?story_fbid=12&id=519003', '519003_12'],
    ['https://m.facebook.com/story.php?story_fbid=12&id=519003&_rdr', '519003_12'],
    ['https://www.facebook.com/groups/77/permalink/12/', '77_12'],
    ['https://www.facebook.com/groups/77/posts/12', '77_12'],
    ['https://www.facebook.com/519003_12', '519003_12'],
    ['https://www.facebook.com/519003/posts/12?comment_id=5', '519003_12/12_5'],
    ['https://www.facebook.com/519003/posts/12?comment_id=5&reply_comment_id=6', '519003_12/12_6'],
    ['http://localhost:3100/facebook/posts/519003_12?comment_id=5', '519003_12/12_5'],
  ] as const) {
    it(`know the object in ${reference}`, () =>
      expect(told(reference)).to.include({ network: 'facebook', externalId: id }));
  }

  for (const reference of [
    'https://www.facebook.com/smolgov/posts/pfbid02AbC',
    'https://www.facebook.com/permalink.php?story_fbid=pfbid02AbC&id=519003',
    'https://www.facebook.com/share/p/AbC/',
  ]) {
    it(`say that the network does not tell what stands behind ${reference}`, async () => {
      const address = told(reference);
      expect(address).to.include({ network: 'facebook', externalId: null });
      if (address === null) throw new Error('unreachable');
      const signal = AbortSignal.timeout(1_000);
      expect(await locate(networks, address, reference, signal)).to.equal('unknown');
    });
  }

  for (const reference of [
    'https://www.facebook.com/',
    'https://www.facebook.com/519003',
    'https://notfacebook.com/519003/posts/12',
    'https://facebook.com.example/519003/posts/12',
    'http://localhost:3100/posts/519003_12',
  ]) {
    it(`know none in «${reference}»`, () => expect(told(reference)).to.be.null);
  }
});
