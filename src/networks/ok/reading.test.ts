import { expect } from 'chai';
import { okAt, openOk, type OkSandbox } from '../../../test/ok.ts';
import { TryLater } from '../../errors.ts';
import { CredentialsRefused, type FoundPost, type Network } from '../port.ts';

/** Reads one source to its end. */
async function readAll(network: Network, key: string, position: unknown = null) {
  const source = network
    .sources(['Смоленск', 'Смоленская область'])
    .find((each) => each.key === key);
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

describe('OK: reading', () => {
  let world: OkSandbox;
  before(async () => void (world = await openOk()));
  after(() => world.close());
  beforeEach(() => world.sandbox.ok.reset());

  describe('discussions of the groups', () => {
    const read = (position?: unknown) => readAll(world.ok, 'discussions', position);

    it('finds topics and comments with author, link and time', async () => {
      const post = world.sandbox.ok.post({ author: 'Пётр Ильин', text: 'Яма', wall: 'official' });
      const comment = world.sandbox.ok.comment({ post, author: 'Ия', text: 'И у нас' });
      const { found } = await read();
      expect(found).to.have.length(2);
      expect(found[0]).to.deep.include({
        network: 'ok',
        kind: 'post',
        externalId: world.id(post),
        url: world.sandbox.ok.permalink(post),
        text: 'Яма',
        authorName: 'Пётр Ильин',
        authorUrl: `${world.sandbox.ok.url}/profile/${post.from_id}`,
        publishedAt: new Date(post.date * 1000),
      });
      expect(found[1]).to.deep.include({
        kind: 'comment',
        externalId: world.id(post, comment.id),
        url: world.sandbox.ok.permalink(post, comment.id),
        authorName: 'Ия',
        publishedAt: new Date(comment.date * 1000),
      });
    });

    it('leaves out groups that are not followed, personal pages and our own answers', async () => {
      const post = world.sandbox.ok.post({ text: 'наше', wall: 'official' });
      world.sandbox.ok.post({ text: 'личное', wall: 'personal' });
      world.sandbox.ok.post({ text: 'город', wall: 'city' });
      await world.ok.reply(world.id(post), { text: 'Ответ', attachments: [], guid: 'g' });
      const { tokens, sandbox } = world;
      const alone = okAt(sandbox.ok.url, tokens, { groups: [] });
      expect(texts(await readAll(alone, 'discussions'))).to.deep.equal(['наше']);
    });

    it('reads all pages of topics and of comments', async () => {
      const posts = Array.from({ length: 120 }, (_, n) =>
        world.sandbox.ok.post({ text: `тема ${n}` }),
      );
      const [post] = posts;
      if (!post) throw new Error('unreachable');
      for (let n = 0; n < 230; n += 1) world.sandbox.ok.comment({ post, text: `комментарий ${n}` });
      const ids = (await read()).found.map(({ externalId }) => externalId);
      expect(ids).to.have.length(350);
      expect(new Set(ids).size).to.equal(350);
    });

    it('reads a discussion again only when something happened in it', async () => {
      let clock = Date.now();
      const ticking = await openOk({}, { now: () => new Date((clock += 1_000)) });
      try {
        const { sandbox, ok } = ticking;
        const quiet = sandbox.ok.post({ text: 'тихо' });
        sandbox.ok.comment({ post: quiet, text: 'старое' });
        const busy = sandbox.ok.post({ text: 'шумно' });
        const { position } = await readAll(ok, 'discussions');
        expect((await readAll(ok, 'discussions', position)).found).to.deep.equal([]);
        sandbox.ok.comment({ post: busy, text: 'новое' });
        expect(texts(await readAll(ok, 'discussions', position))).to.deep.equal(['шумно', 'новое']);
      } finally {
        await ticking.close();
      }
    });

    it('loses nothing in a topic that moves up while the list is read', async () => {
      let clock = Date.now();
      const ticking = await openOk({ overlap: 'PT1S' }, { now: () => new Date((clock += 1_000)) });
      try {
        const { sandbox, ok } = ticking;
        const posts = Array.from({ length: 101 }, (_, n) => sandbox.ok.post({ text: `тема ${n}` }));
        const [last] = posts;
        if (!last) throw new Error('unreachable');
        const first = await readAll(ok, 'discussions');
        // All get a comment, the oldest topic first: it is listed on the second page.
        for (const post of posts) sandbox.ok.comment({ post, text: `под ${post.id}` });
        const source = ok.sources([]).find(({ key }) => key === 'discussions');
        const found: string[] = [];
        let position = first.position;
        let moved = false;
        for await (const page of source!.read(first.position, new AbortController().signal)) {
          found.push(...page.found.map(({ text }) => text));
          if (!moved) sandbox.ok.comment({ post: last, text: 'переехало' });
          moved = true;
          position = page.position;
        }
        found.push(...texts(await readAll(ok, 'discussions', position)));
        expect(found).to.include(`под ${last.id}`).and.to.include('переехало');
      } finally {
        await ticking.close();
      }
    });

    it('is not stopped by a discussion that cannot be read', async () => {
      const post = world.sandbox.ok.post({ text: 'закрыто' });
      world.sandbox.ok.comment({ post, text: 'не видно' });
      world.sandbox.ok.behaviour({ kind: 'error', code: 456, method: 'discussions.getComments' });
      expect(texts(await read())).to.deep.equal(['закрыто']);
    });

    it('shows the pictures of a topic', async () => {
      const { pixel } = await import('../../../sandbox/testing.ts');
      world.sandbox.ok.post({ text: 'Вот', photos: [pixel] });
      const [found] = (await read()).found;
      expect(found?.photos).to.have.length(1);
      expect((await fetch(found?.photos[0] ?? '')).status).to.equal(200);
    });
  });

  describe('the search by hashtag', () => {
    const search = (position?: unknown) => readAll(world.ok, 'tag:смоленск', position);

    it('finds topics of groups and of people', async () => {
      const personal = world.sandbox.ok.post({ text: 'Яма #Смоленск', wall: 'personal' });
      const group = world.sandbox.ok.post({ text: '#смоленск Свет', wall: 'city' });
      world.sandbox.ok.post({ text: 'Смоленск без решётки, #смоленскийвал', wall: 'city' });
      const { found } = await search();
      expect(found.map(({ externalId }) => externalId)).to.have.members([
        world.id(personal),
        world.id(group),
      ]);
      expect(found.map(({ url }) => url)).to.include(world.sandbox.ok.permalink(personal));
    });

    it('makes one hashtag of several words', async () => {
      world.sandbox.ok.post({ text: 'Врач #Смоленскаяобласть', wall: 'personal' });
      const { found } = await readAll(world.ok, 'tag:смоленскаяобласть');
      expect(found).to.have.length(1);
    });

    it('reads all pages, and goes on from its position with an overlap', async () => {
      for (let n = 0; n < 205; n += 1) world.sandbox.ok.post({ text: `#смоленск ${n}` });
      const { found, position } = await search();
      expect(new Set(found.map(({ externalId }) => externalId)).size).to.equal(205);
      world.sandbox.ok.post({ text: '#смоленск новое' });
      expect(texts(await search(position))).to.include('#смоленск новое');
    });
  });

  it('tells what became of topics and comments', async () => {
    const post = world.sandbox.ok.post({ text: 'было' });
    const gone = world.sandbox.ok.post({ text: 'исчезнет' });
    const kept = world.sandbox.ok.comment({ post, text: 'останется' });
    const lost = world.sandbox.ok.comment({ post, text: 'пропадёт' });
    world.sandbox.ok.edit(post, 'стало');
    world.sandbox.ok.delete(gone);
    world.sandbox.ok.delete(lost);
    const asked = [
      world.id(post),
      world.id(gone),
      world.id(post, kept.id),
      world.id(post, lost.id),
    ];
    const there = await world.ok.lookUp(asked);
    expect([...there.values()]).to.deep.equal([
      { deleted: false, text: 'стало' },
      { deleted: true },
      { deleted: false, text: 'останется' },
      { deleted: true },
    ]);
  });

  it('asks for each topic alone when one that is gone spoils the answer for all', async () => {
    const posts = ['раз', 'два'].map((text) => world.sandbox.ok.post({ text }));
    world.sandbox.ok.behaviour({
      kind: 'error',
      code: 300,
      method: 'mediatopic.getByIds',
      times: 1,
    });
    const there = await world.ok.lookUp(posts.map((post) => world.id(post)));
    expect([...there.values()]).to.deep.equal([
      { deleted: false, text: 'раз' },
      { deleted: false, text: 'два' },
    ]);
  });

  it('does not take a comment for deleted that it may not look at', async () => {
    const post = world.sandbox.ok.post({ text: 'тема' });
    const comment = world.sandbox.ok.comment({ post, text: 'видно было' });
    world.sandbox.ok.behaviour({ kind: 'error', code: 455, method: 'discussions.getComment' });
    expect((await world.ok.lookUp([world.id(post, comment.id)])).size).to.equal(0);
  });

  const failures = [
    { code: 11, type: TryLater, afterMs: 600_000 },
    { code: 8, type: TryLater, afterMs: 60_000 },
    { code: 2, type: TryLater, afterMs: null },
    { code: 102, type: CredentialsRefused },
    { code: 10, type: Error },
  ];
  for (const { code, type, afterMs } of failures) {
    it(`error ${code} while reading is ${type.name}`, async () => {
      world.sandbox.ok.behaviour({ kind: 'error', code });
      const error = await readAll(world.ok, 'discussions').catch((thrown: unknown) => thrown);
      expect(error).to.be.instanceOf(type);
      if (afterMs !== undefined) expect(error).to.have.property('afterMs', afterMs);
    });
  }

  it('keeps within the calls a second it was told', async () => {
    const strict = await openOk({ requestsPerSecond: 5 }, { options: { perSecond: 5 } });
    try {
      const topic = 'group/519002/topic/519002000001';
      await Promise.all(Array.from({ length: 7 }, () => strict.ok.lookUp([topic])));
    } finally {
      await strict.close();
    }
  });

  it('is not read while keys are missing, and says which', async () => {
    const { tokens, sandbox } = world;
    const bare = okAt(sandbox.ok.url, { ...tokens, token: null });
    expect(bare.canRead).to.equal(false);
    expect(bare.sources(['Смоленск'])).to.deep.equal([]);
    const error = await bare
      .lookUp([])
      .then(() => bare.lookUp(['group/1/topic/2']).catch((thrown: unknown) => thrown));
    expect(error).to.be.instanceOf(CredentialsRefused);
    expect((error as Error).message).to.equal('OK: not set: OTKLIK_OK_ACCESS_TOKEN');
  });
});
