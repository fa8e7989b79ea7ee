import { expect } from 'chai';
import { okAt, openOk, type OkSandbox } from '../../../test/ok.ts';
import { locate, recognise } from '../recognise.ts';
import { networksOf } from '../registry.ts';

const none = { key: null, secret: null, token: null };
const ok = okAt('http://localhost:3100/ok', none);
const told = (reference: string) => recognise(networksOf(ok), reference);

describe('OK: addresses', () => {
  for (const [reference, id] of [
    ['https://ok.ru/group/519001/topic/12', 'group/519001/topic/12'],
    ['m.ok.ru/group/519001/topic/12', 'group/519001/topic/12'],
    ['https://www.ok.ru/group/519001/topic/12/?st.x=1', 'group/519001/topic/12'],
    ['https://ok.ru/profile/7/statuses/12', 'profile/7/statuses/12'],
    ['https://ok.ru/group/1/topic/2#comment-MTc2NA%3D%3D', 'group/1/topic/2/comment/MTc2NA=='],
    ['http://localhost:3100/ok/group/1/topic/2', 'group/1/topic/2'],
  ] as const) {
    it(`know the object in ${reference}`, () =>
      expect(told(reference)).to.include({ network: 'ok', externalId: id }));
  }

  for (const reference of [
    'https://ok.ru/',
    'https://ok.ru/group/1',
    'https://ok.ru/group/x/topic/1',
    'https://ok.ru/profile/1/topic/2/3',
    'https://ok.ru.example/group/1/topic/2',
    'https://vk.com/wall-1_2',
    'https://ok.ru/group/1/topic/2%',
  ]) {
    it(`know none in «${reference}»`, () => expect(told(reference)?.externalId ?? null).to.be.null);
  }

  describe('with a short name of a group', () => {
    let world: OkSandbox;
    before(async () => void (world = await openOk()));
    after(() => world.close());
    const located = async (reference: string) => {
      const networks = networksOf(world.ok);
      const address = recognise(networks, reference);
      if (address === null) throw new Error('not recognised');
      expect(address.externalId).to.equal(null);
      return locate(networks, address, reference, AbortSignal.timeout(10_000));
    };

    it('are asked of the network', async () => {
      const post = world.sandbox.ok.post({ text: 'Яма', wall: 'official' });
      const topic = world.id(post).split('/').at(-1) ?? '';
      expect(await located(`ok.ru/smolensk/topic/${topic}`)).to.include({
        externalId: world.id(post),
        kind: 'post',
        url: world.sandbox.ok.permalink(post),
      });
      const comment = await located(`ok.ru/smolensk/topic/${topic}#comment-5`);
      expect(comment).to.include({ externalId: world.id(post, 5), kind: 'comment' });
      expect(await located('ok.ru/smolensk/topic/1234567')).to.equal('unknown');
    });
  });
});
