import { expect } from 'chai';
import { openVk, vkAt, type VkSandbox } from '../../../test/vk.ts';
import { TryLater } from '../../errors.ts';
import { CredentialsRefused, type FoundPost, type Network } from '../port.ts';

/** Reads one source to its end. */
async function readAll(network: Network, key: string, position: unknown = null) {
  const source = network.sources(['Смоленск']).find((each) => each.key === key);
  if (!source) throw new Error(`no source ${key}`);
  const found: FoundPost[] = [];
  let last = position;
  for await (const page of source.read(position, new AbortController().signal)) {
    found.push(...page.found);
    last = page.position;
  }
  return { found, position: JSON.parse(JSON.stringify(last)) as unknown };
}

const texts = ({ found }: { found: FoundPost[] }) => found.map((post) => post.text);

describe('VK: reading', () => {
  let world: VkSandbox;
  before(async () => void (world = await openVk()));
  after(() => world.close());
  beforeEach(() => world.sandbox.vk.reset());

  describe('the search', () => {
    const search = (position?: unknown) => readAll(world.vk, 'search:Смоленск', position);

    it('finds posts and comments with author, link and time', async () => {
      const post = world.sandbox.vk.post({ author: 'Пётр Ильин', text: 'Смоленск, яма' });
      world.sandbox.vk.comment({ post, text: 'Весь Смоленск в ямах' });
      const { found } = await search();
      expect(found.map(({ kind }) => kind)).to.have.members(['post', 'comment']);
      expect(found.find(({ kind }) => kind === 'post')).to.deep.include({
        network: 'vk',
        externalId: `${post.owner_id}_${post.id}`,
        url: world.sandbox.vk.permalink(post),
        authorName: 'Пётр Ильин',
        authorUrl: `${world.sandbox.vk.url}/id${post.from_id}`,
        publishedAt: new Date(post.date * 1000),
      });
    });

    it('reads all pages, also beyond the thousand a query gives', async () => {
      let clock = Date.now() - 3_600_000;
      const busy = await openVk({}, { now: () => new Date((clock += 400)) });
      try {
        for (let n = 0; n < 2_250; n += 1) busy.sandbox.vk.post({ text: `Смоленск ${n}` });
        const ids = (await readAll(busy.vk, 'search:Смоленск')).found.map((p) => p.externalId);
        expect(new Set(ids).size).to.equal(2_250);
      } finally {
        await busy.close();
      }
    });

    it('goes on from its position with an overlap, and finds nothing of our own', async () => {
      const post = world.sandbox.vk.post({ text: 'Смоленск, первое' });
      const { position } = await search();
      await world.vk.reply(`${post.owner_id}_${post.id}`, {
        text: 'Смоленск ответил',
        attachments: [],
        guid: 'g',
      });
      world.sandbox.vk.post({ text: 'Смоленск, второе' });
      expect(texts(await search(position))).to.have.members([
        'Смоленск, первое',
        'Смоленск, второе',
      ]);
    });
  });

  describe('our own page', () => {
    const page = (position?: unknown) => readAll(world.vk, 'page:519001', position);

    it("finds others' posts, comments and threads of any length", async () => {
      const post = world.sandbox.vk.post({ wall: 'official', text: 'Вопрос' });
      const top = world.sandbox.vk.comment({ post, text: 'верх' });
      for (let n = 0; n < 12; n += 1) {
        world.sandbox.vk.comment({ post, text: `ветка ${n}`, replyTo: top.id });
      }
      const { found } = await page();
      expect(new Set(found.map((each) => each.externalId)).size).to.equal(14);
    });

    it('reads comments again only where their number changed', async () => {
      const [quiet, busy] = ['тихо', 'шумно'].map((text) =>
        world.sandbox.vk.post({ wall: 'official', text }),
      );
      if (!quiet || !busy) throw new Error('unreachable');
      world.sandbox.vk.comment({ post: quiet, text: 'старое' });
      const { position } = await page();
      world.sandbox.vk.comment({ post: busy, text: 'новое' });
      expect(texts(await page(position))).to.have.members(['тихо', 'шумно', 'новое']);
    });

    it('is not stopped by a post with closed comments', async () => {
      const open = world.sandbox.vk.post({ wall: 'official', text: 'открыто' });
      world.sandbox.vk.comment({ post: open, text: 'слышно' });
      const closed = world.sandbox.vk.post({ wall: 'official', text: 'закроют' });
      world.sandbox.vk.comment({ post: closed, text: 'не видно' });
      Object.assign(closed, { comments_closed: true });
      expect(texts(await page())).to.have.members(['открыто', 'слышно', 'закроют']);
    });
  });

  it('tells what became of posts and comments', async () => {
    const post = world.sandbox.vk.post({ text: 'было' });
    const gone = world.sandbox.vk.post({ text: 'исчезнет' });
    const kept = world.sandbox.vk.comment({ post, text: 'останется' });
    const lost = world.sandbox.vk.comment({ post, text: 'пропадёт' });
    world.sandbox.vk.edit(post, 'стало');
    world.sandbox.vk.delete(gone);
    world.sandbox.vk.delete(lost);
    const id = `${post.owner_id}_${post.id}`;
    const asked = [id, `${gone.owner_id}_${gone.id}`, `${id}_r${kept.id}`, `${id}_r${lost.id}`];
    const there = await world.vk.lookUp([...asked, `${id}_r9999`]);
    expect([...there.values()]).to.deep.equal([
      { deleted: false, text: 'стало' },
      { deleted: true },
      { deleted: false, text: 'останется' },
      { deleted: true },
      { deleted: true },
    ]);
  });

  const failures = [
    { code: 29, type: TryLater, afterMs: 3_600_000 },
    { code: 9, type: TryLater, afterMs: 60_000 },
    { code: 10, type: TryLater, afterMs: null },
    { code: 5, type: CredentialsRefused },
    { code: 7, type: Error },
  ];
  for (const { code, type, afterMs } of failures) {
    it(`error ${code} while reading is ${type.name}`, async () => {
      world.sandbox.vk.behaviour({ kind: 'error', code });
      const error = await readAll(world.vk, 'search:Смоленск').catch((thrown: unknown) => thrown);
      expect(error).to.be.instanceOf(type);
      if (afterMs !== undefined) expect(error).to.have.property('afterMs', afterMs);
    });
  }

  it('is not thrown back by a call too many in a second', async () => {
    world.sandbox.vk.post({ text: 'Смоленск' });
    world.sandbox.vk.behaviour({ kind: 'rate', times: 1 });
    expect((await readAll(world.vk, 'search:Смоленск')).found).to.have.length(1);
  });

  it('keeps within three calls a second by itself', async () => {
    const pace = { requestsPerSecond: { user: 3, group: 20 } };
    const strict = await openVk(pace, { rateLimit: true });
    try {
      await Promise.all(Array.from({ length: 7 }, () => strict.vk.lookUp(['-519002_1'])));
    } finally {
      await strict.close();
    }
  });

  it('has no sources when reading is off', () => {
    const off = vkAt(world.sandbox.vk.url, { user: 'u', group: 'g' }, { canRead: false });
    expect(off.sources(['Смоленск'])).to.deep.equal([]);
  });
});
