import { expect } from 'chai';
import fc from 'fast-check';
import { vkAt } from '../../../test/vk.ts';
import { recognise } from '../recognise.ts';
import { networksOf } from '../registry.ts';
import { permalink, writeId } from './ids.ts';

const vk = vkAt('http://localhost:3100/vk', { user: null, group: null });
const networks = networksOf(vk);
const idOf = (reference: string) => recognise(networks, reference)?.externalId ?? null;

describe('VK: addresses', () => {
  for (const [reference, id] of [
    ['https://vk.com/wall-519001_12', '-519001_12'],
    ['https://vk.com/wall7_12', '7_12'],
    ['http://m.vk.com/wall-519001_12', '-519001_12'],
    ['https://vk.ru/wall-519001_12', '-519001_12'],
    ['https://m.vk.ru/wall-519001_12?from=feed', '-519001_12'],
    ['https://www.vk.com/wall-519001_12#comments', '-519001_12'],
    ['HTTPS://VK.COM/wall-519001_12', '-519001_12'],
    [' vk.com/wall-519001_12 ', '-519001_12'],
    ['https://vk.com/wall-519001_12?reply=34', '-519001_12_r34'],
    ['https://vk.com/wall-519001_12?reply=34&thread=33', '-519001_12_r34'],
    ['https://vk.com/wall-519001_12?utm_source=x&reply=34', '-519001_12_r34'],
    ['https://vk.com/wall-519001_12_r34', '-519001_12_r34'],
    ['https://vk.com/feed?w=wall-519001_12', '-519001_12'],
    ['https://vk.com/smolensk?w=wall-519001_12_r34&z=x', '-519001_12_r34'],
    ['https://vk.com/feed?w=wall-519001_12%2F0a1b2c', '-519001_12'],
    ['https://vk.com/wall-0519001_0012', '-519001_12'],
    ['http://localhost:3100/vk/wall-519001_12?reply=34', '-519001_12_r34'],
  ] as const) {
    it(`know the object in ${reference}`, () => expect(idOf(reference)).to.equal(id));
  }

  for (const reference of [
    '',
    ' ',
    'wall-1_2',
    'https://',
    'https://vk.com/',
    'https://vk.com/wall-1',
    'https://vk.com/wall-1_2_3',
    'https://vk.com/wall-1_0',
    'https://vk.com/wall0_1',
    'https://vk.com/wall-1_2?reply=0',
    'https://vk.com/photo-1_2',
    'https://vk.com/wall-1_99999999999999999999',
    'https://vk.com.example/wall-1_2',
    'https://evil-vk.com/wall-1_2',
    'https://example/?w=wall-1_2',
    'ftp://vk.com/wall-1_2',
    'javascript:vk.com/wall-1_2',
    'http://localhost:3100/wall-1_2',
    'http://localhost:3101/vk/wall-1_2',
    'https://ok.ru/group/1/topic/2',
  ]) {
    it(`know none in «${reference}»`, () => expect(idOf(reference)).to.be.null);
  }

  it('lead to the one address that is kept', () => {
    expect(recognise(networks, 'm.vk.com/feed?w=wall-1_2_r3')).to.deep.equal({
      network: 'vk',
      externalId: '-1_2_r3',
      kind: 'comment',
      url: 'http://localhost:3100/vk/wall-1_2?reply=3',
    });
    expect(recognise(networks, 'vk.ru/wall-1_2')).to.include({
      kind: 'post',
      url: 'http://localhost:3100/vk/wall-1_2',
    });
  });

  it('that we write ourselves are known again, and nothing else confuses', () => {
    const number = fc.integer({ min: 1, max: 2 ** 31 });
    const object = fc.record({
      owner: fc.oneof(
        number,
        number.map((id) => -id),
      ),
      post: number,
      comment: fc.option(number),
    });
    const base = fc.constantFrom('https://vk.com', 'https://m.vk.ru', 'http://localhost:3100/vk');
    fc.assert(
      fc.property(object, base, (it, at) => idOf(permalink(at, it)) === writeId(it)),
      { seed: 519 },
    );
    const odd = fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl({ withQueryParameters: true }));
    fc.assert(
      fc.property(odd, (text) => idOf(text) === null),
      { seed: 519, numRuns: 2_000 },
    );
  });
});
