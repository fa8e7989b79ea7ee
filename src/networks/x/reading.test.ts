import { expect } from 'chai';
import { openX, xAt, type XSandbox } from '../../../test/x.ts';
import { deadUrl } from '../../../test/vk.ts';
import { TryLater } from '../../errors.ts';
import { CredentialsRefused, type FoundPost, type Network } from '../port.ts';

const WORDS = ['Смоленск', 'Гагарин Смоленская'];

/** Reads the source whose key begins so, to its end. */
async function readAll(network: Network, key: string, position: unknown = null) {
  const source = network.sources(WORDS).find((each) => each.key.startsWith(key));
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

describe('X: reading', () => {
  let world: XSandbox;
  before(async () => void (world = await openX()));
  after(() => world.close());
  beforeEach(() => world.sandbox.x.reset());
  const search = (position?: unknown) => readAll(world.x, 'search:', position);
  const mentions = (position?: unknown) => readAll(world.x, 'mentions:', position);
  const idOf = (post: { versions: { id: string }[] }) => post.versions[0]?.id ?? '';

  it('finds posts and replies with author, link and time', async () => {
    const post = world.sandbox.x.post({ author: 'Пётр Ильин', text: 'Смоленск, яма' });
    world.sandbox.x.post({ text: 'Весь Смоленск в ямах', replyTo: idOf(post) });
    world.sandbox.x.post({ text: 'Гагарин, область Смоленская' });
    world.sandbox.x.post({ text: 'Гагарин, памятник' });
    const { found } = await search();
    expect(found.map(({ kind }) => kind)).to.deep.equal(['post', 'comment', 'post']);
    expect(found.at(-1)).to.deep.include({
      network: 'x',
      externalId: idOf(post),
      url: `${world.sandbox.x.url}/citizen_1/status/${idOf(post)}`,
      authorName: 'Пётр Ильин',
      authorUrl: `${world.sandbox.x.url}/citizen_1`,
      text: 'Смоленск, яма',
      publishedAt: new Date(post.versions[0]?.at ?? 0),
    });
  });

  it('gives texts back as they were written: links, signs, long ones, pictures', async () => {
    const written = [
      'Смоленск & область: <важно> "так" https://example.com/a?b=1&c=2, ясно?',
      `Смоленск ${'очень длинный рассказ '.repeat(40)}https://example.com/end`,
    ];
    for (const text of written) world.sandbox.x.post({ text });
    const png = Buffer.from(PIXEL, 'base64');
    world.sandbox.x.post({ text: 'Смоленск, фото', photos: [png, png] });
    const { found } = await search();
    expect(found.map(({ text }) => text)).to.have.members([...written, 'Смоленск, фото']);
    expect(found[0]?.photos).to.have.length(2);
    expect((await fetch(found[0]?.photos[0] ?? '')).status).to.equal(200);
  });

  it('finds what mentions or answers our account, and nothing of our own', async () => {
    const asked = world.sandbox.x.post({ text: `${world.account} когда?` });
    const outcome = await world.x.reply(idOf(asked), {
      text: 'Смоленск ответил завтра',
      attachments: [],
      guid: 'g',
    });
    if (outcome.state !== 'published') throw new Error(outcome.reason);
    world.sandbox.x.post({ text: 'точно завтра?', replyTo: outcome.externalId });
    world.sandbox.x.post({ text: 'мимо' });
    expect(texts(await mentions())).to.deep.equal([
      `${world.account} точно завтра?`,
      `${world.account} когда?`,
    ]);
    expect(texts(await search())).to.deep.equal([]);
  });

  it('reads all pages', async () => {
    for (let n = 0; n < 230; n += 1) world.sandbox.x.post({ text: `Смоленск ${n}` });
    const ids = (await search()).found.map((post) => post.externalId);
    expect(new Set(ids).size).to.equal(230);
    expect(ids).to.have.length(230);
  });

  it('goes on from its position after a restart without a gap, also while more come in', async () => {
    let clock = Date.now() - 6 * 3_600_000;
    const busy = await openX({}, { now: () => new Date(clock) });
    try {
      const seen = new Map<string, number>();
      let position: unknown = null;
      for (let round = 0; round < 5; round += 1) {
        for (let n = 0; n < 60; n += 1) {
          clock += 15_000;
          busy.sandbox.x.post({ text: `Смоленск ${round} ${n}` });
        }
        // Each round is a process of its own that knows nothing but the position.
        const { url, options } = busy.sandbox.x;
        const read = await readAll(xAt(url, options.keys), 'search:', position);
        position = read.position;
        for (const { externalId } of read.found) {
          seen.set(externalId, (seen.get(externalId) ?? 0) + 1);
        }
      }
      expect(seen.size).to.equal(300);
      // Ten minutes of overlap: nothing older is read twice.
      expect([...seen.values()].filter((times) => times > 1).length).to.be.within(1, 4 * 45);
    } finally {
      await busy.close();
    }
  });

  it('keeps the position when nothing came', async () => {
    const { position } = await search();
    expect((await search(position)).position).to.deep.equal(position);
  });

  it('is read again after being away longer than the search reaches back', async () => {
    world.sandbox.x.post({ text: 'Смоленск' });
    expect((await search({ from: '2020-03-30T09:00:00Z' })).found).to.have.length(1);
  });

  it('takes an edited post for the same one, in its last version', async () => {
    const post = world.sandbox.x.post({ text: 'Смоленск, было' });
    world.sandbox.x.edit(idOf(post), 'Смоленск, стало');
    const { found } = await search();
    expect(found).to.have.length(1);
    expect(found[0]).to.include({ externalId: idOf(post), text: 'Смоленск, стало' });
  });

  it('tells what became of posts', async () => {
    const post = world.sandbox.x.post({ text: 'было' });
    const kept = world.sandbox.x.post({ text: 'цела & <жива>' });
    const gone = world.sandbox.x.post({ text: 'исчезнет' });
    const twice = world.sandbox.x.post({ text: 'раз' });
    world.sandbox.x.edit(idOf(post), 'стало');
    world.sandbox.x.edit(idOf(twice), 'два');
    world.sandbox.x.delete(idOf(twice));
    world.sandbox.x.delete(idOf(gone));
    const there = await world.x.lookUp([post, kept, gone, twice].map(idOf));
    expect([...there]).to.deep.equal([
      [idOf(post), { deleted: false, text: 'стало' }],
      [idOf(kept), { deleted: false, text: 'цела & <жива>' }],
      [idOf(gone), { deleted: true }],
      [idOf(twice), { deleted: true }],
    ]);
  });

  it('looks up hundreds at once', async () => {
    const ids = Array.from({ length: 230 }, (_, n) => idOf(world.sandbox.x.post({ text: `${n}` })));
    expect((await world.x.lookUp(ids)).size).to.equal(230);
  });

  const failures = [
    { code: 500, type: TryLater },
    { code: 503, type: TryLater },
    { code: 401, type: CredentialsRefused },
    { code: 402, type: CredentialsRefused },
    { code: 400, type: Error },
    { code: 403, type: Error },
  ];
  for (const { code, type } of failures) {
    it(`HTTP ${code} while reading is ${type.name}`, async () => {
      world.sandbox.x.behaviour({ kind: 'error', code });
      const error = await search().catch((thrown: unknown) => thrown);
      expect(error).to.be.instanceOf(type);
    });
  }

  it('waits as long as a limit says, without asking again before', async () => {
    const endpoint = 'GET /2/tweets/search/recent';
    const limited = await openX({}, { rateLimits: { [endpoint]: 1 } });
    try {
      await readAll(limited.x, 'search:');
      for (let n = 0; n < 2; n += 1) {
        const error = await readAll(limited.x, 'search:').catch((thrown: unknown) => thrown);
        expect(error).to.be.instanceOf(TryLater);
        expect((error as TryLater).afterMs).to.be.within(14 * 60_000, 15 * 60_000 + 2_000);
      }
    } finally {
      await limited.close();
    }
    world.sandbox.x.behaviour({ kind: 'rate', times: 1 });
    const error = await search().catch((thrown: unknown) => thrown);
    expect((error as TryLater).afterMs).to.be.within(14 * 60_000, 15 * 60_000 + 2_000);
  });

  it('tries later when X is away, and says when it has no keys', async () => {
    const away = xAt(await deadUrl(), world.sandbox.x.options.keys);
    expect(await readAll(away, 'search:').catch((e: unknown) => e)).to.be.instanceOf(TryLater);
    const bare = xAt(world.sandbox.x.url, null);
    const error = await readAll(bare, 'search:').catch((e: unknown) => e);
    expect(error).to.be.instanceOf(CredentialsRefused);
  });

  it('has no sources when reading is off', () => {
    const { url, options } = world.sandbox.x;
    expect(xAt(url, options.keys, { canRead: false }).sources(WORDS)).to.deep.equal([]);
  });
});

const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
