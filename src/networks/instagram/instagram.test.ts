import { expect } from 'chai';
import { metaAt, openMeta, readSource, type MetaSandbox } from '../../../test/meta.ts';
import { anAnswer } from '../../../test/vk.ts';
import { TryLater } from '../../errors.ts';
import { knownErrors } from '../meta/errors.ts';
import { NetworkError } from '../network-error.ts';
import type { FoundPost, Network } from '../port.ts';

const texts = ({ found }: { found: FoundPost[] }) => found.map((post) => post.text);

describe('Instagram', () => {
  let world: MetaSandbox;
  let network: Network;
  let media: string;
  before(async () => void (world = await openMeta('instagram')));
  after(() => world.close());
  beforeEach(() => {
    world.there.reset();
    network = metaAt('instagram', world.there.url);
    media = world.there.announce('Набережная').id;
  });

  const say = (text: string, over: { post?: string; replyTo?: string; author?: string } = {}) =>
    world.there.comment({ post: media, text, ...over });
  const own = (position?: unknown) => readSource(network, 'media:', position);
  const tags = (position?: unknown) => readSource(network, 'tags:', position);

  describe('reading', () => {
    it('finds comments under our publications with author, link and time', async () => {
      const comment = say('Двор тёмный', { author: 'olga_smol' });
      await network.reply(`${media}/${comment.id}`, anAnswer());
      const { found } = await own();
      expect(found).to.have.length(1);
      expect(found[0]).to.deep.include({
        network: 'instagram',
        externalId: `${media}/${comment.id}`,
        kind: 'comment',
        url: world.there.permalink(comment),
        authorName: 'olga_smol',
        authorUrl: `${world.there.url}/olga_smol/`,
        text: 'Двор тёмный',
        publishedAt: new Date(`${comment.createdAt.slice(0, 19)}Z`),
      });
    });

    it('finds all comments and all answers to them, page by page', async () => {
      const top = say('верх');
      for (let n = 0; n < 120; n += 1) say(`ветка ${n}`, { replyTo: top.id });
      for (let n = 0; n < 110; n += 1) say(`сам ${n}`);
      const { found } = await own();
      expect(new Set(found.map(({ externalId }) => externalId)).size).to.equal(231);
    });

    it('goes on after a restart without a gap, reading only what changed', async () => {
      say('старое');
      const { position } = await own();
      network = metaAt('instagram', world.there.url);
      expect(texts(await own(position))).to.deep.equal([]);
      say('новое');
      expect(texts(await own(position))).to.deep.equal(['новое', 'старое']);
    });

    it('finds publications elsewhere in which we are tagged', async () => {
      const text = 'Темно на Рыленкова, @sandbox_smolgov';
      const post = world.there.post({ author: 'ira', text });
      const { found, position } = await tags();
      expect(found).to.have.length(1);
      expect(found[0]).to.deep.include({
        externalId: `@${post.id}`,
        kind: 'post',
        authorName: 'ira',
        url: world.there.permalink(post),
      });
      world.there.post({ text: 'ещё @sandbox_smolgov' });
      expect(texts(await tags(position))).to.include('ещё @sandbox_smolgov');
    });

    it('tells what became of comments and mentions', async () => {
      const [kept, lost] = [say('останется'), say('пропадёт')];
      const post = world.there.post({ text: 'ау @sandbox_smolgov' });
      const named = say('и тут @sandbox_smolgov', { post: post.id });
      const gone = world.there.post({ text: 'исчезнет @sandbox_smolgov' });
      world.there.edit(post.id, 'стало @sandbox_smolgov');
      world.there.delete(lost.id);
      world.there.delete(gone.id);
      const asked = [
        `${media}/${kept.id}`,
        `${media}/${lost.id}`,
        `@${post.id}`,
        `@${post.id}/${named.id}`,
        `@${gone.id}`,
      ];
      expect([...(await network.lookUp(asked)).values()]).to.deep.equal([
        { deleted: false, text: 'останется' },
        { deleted: true },
        { deleted: false, text: 'стало @sandbox_smolgov' },
        { deleted: false, text: 'и тут @sandbox_smolgov' },
        { deleted: true },
      ]);
    });
  });

  describe('replying', () => {
    let target: string;
    let comment: string;
    beforeEach(() => {
      comment = say('Когда починят?').id;
      target = `${media}/${comment}`;
    });
    const comments = () => world.there.comments(media);

    it('publishes text as an answer to the comment, with proof and link', async () => {
      const outcome = await network.reply(target, anAnswer({ text: ' Завтра.\r\n' }));
      const made = comments().at(-1);
      if (!made) throw new Error('nothing was published');
      expect(made).to.include({ from: '17840000000519004', text: 'Завтра.', parent: comment });
      expect(outcome).to.deep.include({
        state: 'published',
        externalId: `${media}/${made.id}`,
        permalink: world.there.permalink(made),
      });
    });

    it('leaves pictures out and tells so', async () => {
      const picture = { name: 'двор.png', mediaType: 'image/png', size: 10 };
      const answer = { text: 'Готово', attachments: [picture] };
      expect(network.format(answer)).to.deep.equal([]);
      expect(network.preview(answer)).to.deep.include({ attachments: [], dropped: ['двор.png'] });
      const attachments = [{ ...picture, open: () => Buffer.from('') }];
      expect((await network.reply(target, anAnswer({ attachments }))).state).to.equal('published');
      expect(network.format({ text: 'а'.repeat(2_201) })[0]?.rule).to.equal('too-long');
    });

    it('answers where it is mentioned, and a person where only its face is', async () => {
      const post = world.there.post({ text: 'ау @sandbox_smolgov' });
      const named = say('@sandbox_smolgov, и тут', { post: post.id });
      for (const each of [`@${post.id}`, `@${post.id}/${named.id}`]) {
        expect((await network.reply(each, anAnswer())).state).to.equal('published');
      }
      expect(world.there.comments(post.id)).to.have.length(3);
      const face = world.there.post({ text: 'без имени' });
      expect((await network.reply(`@${face.id}`, anAnswer())).state).to.equal('needs-person');
    });

    const expected = {
      rate: 'try-later',
      credentials: 'needs-person',
      permission: 'needs-person',
      human: 'needs-person',
      missing: 'needs-person',
      content: 'refused',
      transient: 'unknown',
      other: 'needs-person',
    };
    for (const { code, subcode, kind } of knownErrors) {
      it(`error ${code}${subcode === null ? '' : `/${subcode}`} (${kind}) ends as ${expected[kind]}`, async () => {
        const fault = { kind: 'error' as const, code, method: 'publish' };
        world.there.behaviour({ ...fault, ...(subcode !== null && { subcode }) });
        expect((await network.reply(target, anAnswer())).state).to.equal(expected[kind]);
        expect(comments()).to.have.length(1);
      });
    }

    it('knows when the original is gone', async () => {
      world.there.delete(comment);
      expect((await network.reply(target, anAnswer())).state).to.equal('gone');
    });

    it('reads back once what was cut after it was published', async () => {
      const inner = say('И у нас', { replyTo: comment }).id;
      for (const each of [target, `${media}/${inner}`]) {
        world.there.behaviour({ kind: 'cut-after', times: 1 });
        const answer = anAnswer({ text: `Сделано: ${each}` });
        expect((await network.reply(each, answer)).state).to.equal('unknown');
        const made = comments().at(-1);
        if (!made) throw new Error('nothing was published');
        expect(await network.findReply(each, answer)).to.deep.include({
          externalId: `${media}/${made.id}`,
          permalink: world.there.permalink(made),
        });
      }
      expect(await network.findReply(target, { text: 'другое' })).to.equal(null);
    });

    it('asks a person to look where a thread cannot be read', async () => {
      const post = world.there.post({ text: 'ау @sandbox_smolgov' });
      const search = network.findReply(`@${post.id}`, { text: 'x' });
      expect(await search.catch((error: unknown) => error)).to.be.instanceOf(NetworkError);
    });

    it('says nothing while the network is down', async () => {
      world.there.behaviour({ kind: 'down' });
      const search = network.findReply(target, { text: 'x' });
      expect(await search.catch((error: unknown) => error)).to.be.instanceOf(TryLater);
      expect((await network.reply(target, anAnswer())).state).to.equal('unknown');
    });
  });
});
