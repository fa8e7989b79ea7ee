import { expect } from 'chai';
import { openMeta, type MetaSandbox } from '../../../test/meta.ts';
import { locate, recognise } from '../recognise.ts';
import { networksOf } from '../registry.ts';

describe('Instagram: addresses', () => {
  let world: MetaSandbox;
  before(async () => void (world = await openMeta('instagram')));
  after(() => world.close());

  const located = async (reference: string) => {
    const networks = networksOf(world.network);
    const address = recognise(networks, reference);
    if (address === null) return null;
    const object = await locate(networks, address, reference, AbortSignal.timeout(10_000));
    return typeof object === 'string' ? object : object.externalId;
  };

  it('lead to our publications, comments under them, and where our account is tagged', async () => {
    const { there } = world;
    const own = there.announce('Набережная').id;
    const comment = there.comment({ post: own, text: 'Темно' }).id;
    const tagged = there.post({ text: 'Ау @sandbox_smolgov' }).id;
    for (const [path, id] of [
      [`p/${own}/`, own],
      [`p/${own}?igsh=abc`, own],
      [`reel/${own}/`, own],
      [`sandbox_smolgov/p/${own}/`, own],
      [`p/${own}/c/${comment}/`, `${own}/${comment}`],
      [`p/${own}/c/1/r/${comment}/`, `${own}/${comment}`],
      [`p/${tagged}/`, `@${tagged}`],
    ] as const) {
      expect(await located(`https://www.instagram.com/${path}`), path).to.equal(id);
      expect(await located(`${there.url}/${path}`), path).to.equal(id);
    }
  });

  it('of what Instagram does not show by its address are told from none at all', async () => {
    expect(await located('https://www.instagram.com/p/Cx_9-AbCdEf/')).to.equal('unknown');
    for (const other of ['', 'sandbox_smolgov/', 'explore/tags/smolensk/', 'p/', 'p/a%2Fb/']) {
      expect(await located(`https://www.instagram.com/${other}`), other).to.equal(null);
    }
    expect(await located('https://instagram.com.example/p/Cx9/')).to.equal(null);
  });
});
