import { expect } from 'chai';
import {
  metaAt,
  openMeta,
  readSource,
  sandboxSecrets,
  type MetaSandbox,
} from '../../../test/meta.ts';
import { pixel } from '../../../sandbox/testing.ts';
import { TryLater } from '../../errors.ts';
import { CredentialsRefused, type FoundPost, type Network } from '../port.ts';

const texts = ({ found }: { found: FoundPost[] }) => found.map((post) => post.text);

describe('Facebook: reading', () => {
  let world: MetaSandbox;
  let network: Network;
  before(async () => void (world = await openMeta('facebook')));
  after(() => world.close());
  beforeEach(() => {
    world.there.reset();
    network = metaAt('facebook', world.there.url);
  });

  const page = (position?: unknown) => readSource(network, 'page:', position);
  const tagged = (position?: unknown) => readSource(network, 'tagged:', position);

  it('finds visitors’ posts with author, link, picture and time, and nothing of our own', async () => {
    const post = world.there.post({ author: 'Пётр Ильин', text: 'Яма', photos: [pixel] });
    await network.reply(post.id, { text: 'Заделаем', attachments: [], guid: 'g' });
    const { found } = await page();
    expect(found).to.have.length(1);
    expect(found[0]).to.deep.include({
      network: 'facebook',
      externalId: post.id,
      kind: 'post',
      url: world.there.permalink(post),
      authorName: 'Пётр Ильин',
      authorUrl: `${world.there.url}/${post.from}`,
      text: 'Яма',
      publishedAt: new Date(`${post.createdAt.slice(0, 19)}Z`),
    });
    expect((await fetch(found[0]?.photos[0] ?? '')).status).to.equal(200);
  });

  it('finds comments and answers to them under our posts and visitors’', async () => {
    const ours = world.there.announce('Набережная открыта');
    const theirs = world.there.post({ text: 'Вопрос' });
    const top = world.there.comment({ post: ours.id, text: 'верх', photos: [pixel] });
    for (let n = 0; n < 120; n += 1) {
      world.there.comment({ post: ours.id, text: `ветка ${n}`, replyTo: top.id });
    }
    world.there.comment({ post: theirs.id, text: 'и у нас' });
    const { found } = await page();
    expect(new Set(found.map(({ externalId }) => externalId)).size).to.equal(123);
    const comment = found.find(({ text }) => text === 'верх');
    expect(comment).to.deep.include({
      externalId: `${ours.id}/${top.id}`,
      kind: 'comment',
      url: world.there.permalink(top),
    });
    expect(comment?.photos).to.have.length(1);
  });

  it('reads a long feed to its end, and goes on without a gap or an own copy', async () => {
    for (let n = 0; n < 230; n += 1) world.there.post({ text: `запись ${n}` });
    const first = await page();
    expect(new Set(texts(first)).size).to.equal(230);
    const late = world.there.post({ text: 'после перезапуска' });
    network = metaAt('facebook', world.there.url);
    expect(texts(await page(first.position))).to.include(late.text);
  });

  it('reads comments again only where their number changed', async () => {
    const [quiet, busy] = ['тихо', 'шумно'].map((text) => world.there.announce(text));
    world.there.comment({ post: quiet?.id ?? '', text: 'старое' });
    const { position } = await page();
    world.there.comment({ post: busy?.id ?? '', text: 'новое' });
    expect(texts(await page(position))).to.deep.equal(['новое']);
  });

  it('finds posts elsewhere that name the page, whose author nobody is told', async () => {
    const post = world.there.post({ author: 'Ия', text: 'Правительство, ау', place: 'elsewhere' });
    const { found, position } = await tagged();
    expect(found).to.have.length(1);
    expect(found[0]).to.deep.include({ externalId: post.id, authorName: null, authorUrl: null });
    world.there.post({ text: 'ещё', place: 'elsewhere' });
    expect(texts(await tagged(position))).to.include('ещё');
  });

  it('tells what became of posts and comments', async () => {
    const post = world.there.post({ text: 'было' });
    const gone = world.there.post({ text: 'исчезнет' });
    const kept = world.there.comment({ post: post.id, text: 'останется' });
    const lost = world.there.comment({ post: post.id, text: 'пропадёт' });
    world.there.edit(post.id, 'стало');
    world.there.delete(gone.id);
    world.there.delete(lost.id);
    const asked = [post.id, gone.id, `${post.id}/${kept.id}`, `${post.id}/${lost.id}`];
    expect([...(await network.lookUp(asked)).values()]).to.deep.equal([
      { deleted: false, text: 'стало' },
      { deleted: true },
      { deleted: false, text: 'останется' },
      { deleted: true },
    ]);
    expect(await network.lookUp([])).to.be.empty;
  });

  it('calls nothing deleted when our own page is not there for us either', async () => {
    const { id } = world.there.post({ text: 'есть' });
    world.there.behaviour({ kind: 'error', code: 100, subcode: 33 });
    const error = await network.lookUp([id]).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(CredentialsRefused);
  });

  const failures = [
    { code: 4, type: TryLater, afterMs: 300_000 },
    { code: 613, type: TryLater, afterMs: 300_000 },
    { code: 2, type: TryLater, afterMs: null },
    { code: 190, type: CredentialsRefused },
    { code: 10, type: Error },
  ];
  for (const { code, type, afterMs } of failures) {
    it(`error ${code} while reading is ${type.name}`, async () => {
      world.there.behaviour({ kind: 'error', code });
      const error = await page().catch((thrown: unknown) => thrown);
      expect(error).to.be.instanceOf(type);
      if (afterMs !== undefined) expect(error).to.have.property('afterMs', afterMs);
    });
  }

  it('waits as long as the headers ask before the limit is reached', async () => {
    world.there.allowance(50, 7);
    await network.lookUp(['1_2']);
    const error = await page().catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(TryLater);
    expect((error as TryLater).afterMs).to.be.within(410_000, 420_000);
  });

  it('says ahead when the token expires, and nothing without a secret', async () => {
    const inAWeek = Math.floor(Date.now() / 1000) + 7 * 86_400;
    const limited = await openMeta('facebook', {
      tokenExpiresAt: 0,
      dataAccessExpiresAt: inAWeek,
    });
    try {
      expect(await limited.network.tokenExpiresAt?.()).to.deep.equal(new Date(inAWeek * 1000));
      const { url } = limited.there;
      const bare = metaAt('facebook', url, { ...sandboxSecrets, metaAppSecret: null });
      expect(await bare.tokenExpiresAt?.()).to.equal(null);
    } finally {
      await limited.close();
    }
    expect(await network.tokenExpiresAt?.()).to.equal(null);
  });

  it('notices a token that expired', async () => {
    const expired = await openMeta('facebook', { tokenExpiresAt: 1_000 });
    try {
      expect(await expired.network.tokenExpiresAt?.()).to.deep.equal(new Date(0));
      const error = await readSource(expired.network, 'page:').catch((thrown: unknown) => thrown);
      expect(error).to.be.instanceOf(CredentialsRefused);
    } finally {
      await expired.close();
    }
  });

  it('has no sources when reading is off', () => {
    const off = metaAt('facebook', world.there.url, sandboxSecrets, { canRead: false });
    expect(off.sources(['Смоленск'])).to.deep.equal([]);
  });
});
