import { Readable } from 'node:stream';
import { expect } from 'chai';
import { metaAt, openMeta, sandboxSecrets, type MetaSandbox } from '../../../test/meta.ts';
import { anAnswer, deadUrl } from '../../../test/vk.ts';
import { pixel } from '../../../sandbox/testing.ts';
import { TryLater } from '../../errors.ts';
import { knownErrors } from '../meta/errors.ts';
import { NetworkError } from '../network-error.ts';
import type { Network } from '../port.ts';

describe('Facebook: replying', () => {
  let world: MetaSandbox;
  let network: Network;
  let post: string;

  before(async () => void (world = await openMeta('facebook')));
  after(() => world.close());
  beforeEach(() => {
    world.there.reset();
    // Each begins without what the headers said before.
    network = metaAt('facebook', world.there.url);
    post = world.there.post({ author: 'Пётр Ильин', text: 'Яма на улице Ленина' }).id;
  });

  const comments = () => world.there.comments(post);
  const picture = { name: 'яма.png', mediaType: 'image/png', size: pixel.length };

  it('publishes under a post in the name of the page, with proof and link', async () => {
    const outcome = await network.reply(post, anAnswer({ text: '  Яма заделана.\r\nСпасибо! ' }));
    const [made] = comments();
    if (!made) throw new Error('nothing was published');
    expect(made).to.include({ from: '519003', text: 'Яма заделана.\nСпасибо!' });
    expect(outcome).to.deep.include({
      state: 'published',
      externalId: `${post}/${made.id}`,
      permalink: world.there.permalink(made),
    });
    expect(outcome).to.have.nested.property('received.id', made.id);
    expect(outcome).to.have.nested.property('sent.params.message', 'Яма заделана.\nСпасибо!');
  });

  it('publishes under a comment as an answer to it', async () => {
    const question = world.there.comment({ post, text: 'Когда?' });
    const outcome = await network.reply(`${post}/${question.id}`, anAnswer());
    expect(outcome.state).to.equal('published');
    expect(comments().at(-1)?.parent).to.equal(question.id);
  });

  it('publishes one picture, from a stream or a buffer', async () => {
    for (const open of [() => pixel, () => Readable.from([pixel])]) {
      const attachments = [{ ...picture, open }];
      const answer = anAnswer({ text: `Готово ${comments().length}`, attachments });
      expect((await network.reply(post, answer)).state).to.equal('published');
      expect(comments().at(-1)?.photos).to.have.length(1);
    }
    expect(network.format({ text: 'Готово', attachments: [picture, picture] })).to.have.length(1);
  });

  it('tries later when the upload broke off: nothing was published', async () => {
    world.there.behaviour({ kind: 'cut-before', method: 'upload' });
    const attachments = [{ ...picture, open: () => pixel }];
    const outcome = await network.reply(post, anAnswer({ attachments }));
    expect(outcome.state).to.equal('try-later');
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
  for (const { code, subcode, kind, afterMs } of [
    ...knownErrors,
    { code: 294, subcode: null, kind: 'permission' as const, afterMs: undefined },
    { code: 4242, subcode: null, kind: 'other' as const, afterMs: undefined },
  ]) {
    it(`error ${code}${subcode === null ? '' : `/${subcode}`} (${kind}) ends as ${expected[kind]}`, async () => {
      const fault = { kind: 'error' as const, code, method: 'publish' };
      world.there.behaviour({ ...fault, ...(subcode !== null && { subcode }) });
      const outcome = await network.reply(post, anAnswer());
      expect(outcome.state).to.equal(expected[kind]);
      expect(outcome).to.have.property('reason').that.contains(String(code));
      const named = [4, 17, 32, 613].includes(code) ? 300_000 : afterMs;
      if (kind === 'rate') expect(outcome).to.have.property('afterMs', named);
      expect(comments()).to.have.length(0);
    });
  }

  it('an answer that says «duplicate» is looked for before anything else', async () => {
    const answer = anAnswer();
    const first = await network.reply(post, answer);
    const second = await network.reply(post, answer);
    expect(comments()).to.have.length(1);
    if (first.state !== 'published') throw new Error(first.state);
    expect(second).to.include({ state: 'published', permalink: first.permalink });
  });

  it('knows when the original is gone', async () => {
    const question = world.there.comment({ post, text: 'Когда?' });
    world.there.delete(question.id);
    expect((await network.reply(`${post}/${question.id}`, anAnswer())).state).to.equal('gone');
    world.there.delete(post);
    expect((await network.reply(post, anAnswer())).state).to.equal('gone');
  });

  it('tries later when the request never left', async () => {
    const nowhere = metaAt('facebook', await deadUrl());
    expect((await nowhere.reply(post, anAnswer())).state).to.equal('try-later');
    const stopped = await network.reply(post, anAnswer(), AbortSignal.abort());
    expect(stopped.state).to.equal('try-later');
  });

  for (const kind of ['cut-before', 'cut-after', 'down'] as const) {
    it(`does not know the outcome after ${kind}`, async () => {
      world.there.behaviour({ kind, method: 'publish' });
      const outcome = await network.reply(post, anAnswer());
      expect(outcome.state).to.equal('unknown');
      expect(comments()).to.have.length(kind === 'cut-after' ? 1 : 0);
    });
  }

  it('needs a person without a token, with another secret or when replying is off', async () => {
    const { url } = world.there;
    const bare = metaAt('facebook', url, { ...sandboxSecrets, facebookToken: null });
    const wrong = metaAt('facebook', url, { ...sandboxSecrets, metaAppSecret: 'another' });
    const off = metaAt('facebook', url, sandboxSecrets, { canReply: false });
    for (const each of [bare, wrong, off]) {
      expect((await each.reply(post, anAnswer())).state).to.equal('needs-person');
    }
  });

  it('still publishes while reading is held back', async () => {
    world.there.allowance(95);
    await network.lookUp([post]);
    const held = await network.lookUp([post]).catch((error: unknown) => error);
    expect(held).to.be.instanceOf(TryLater);
    expect((await network.reply(post, anAnswer())).state).to.equal('published');
  });

  describe('reading back', () => {
    const find = (target: string, text: string) => network.findReply(target, { text });

    it('finds the reply under a post, a comment and a comment in a thread', async () => {
      const top = world.there.comment({ post, text: 'У нас тоже' });
      const inner = world.there.comment({ post, text: 'И у нас', replyTo: top.id });
      for (const target of [post, `${post}/${top.id}`, `${post}/${inner.id}`]) {
        world.there.behaviour({ kind: 'cut-after', times: 1 });
        const answer = anAnswer({ text: `Свет  включён & проверен: ${target}` });
        expect((await network.reply(target, answer)).state).to.equal('unknown');
        const made = comments().at(-1);
        if (!made) throw new Error('nothing was published');
        expect(await find(target, answer.text)).to.deep.include({
          externalId: `${post}/${made.id}`,
          permalink: world.there.permalink(made),
        });
      }
    });

    it('finds it among hundreds of comments, and takes no citizen for us', async () => {
      world.there.comment({ post, text: 'Готово' });
      expect(await find(post, 'Готово')).to.equal(null);
      await network.reply(post, anAnswer({ text: 'Готово' }));
      for (let n = 0; n < 250; n += 1) world.there.comment({ post, text: `Ждём ${n}` });
      expect(await find(post, 'Готово')).to.be.an('object');
    });

    it('says «not there» of a gone original, and nothing where it cannot see', async () => {
      world.there.behaviour({ kind: 'error', code: 200 });
      expect(await find(post, 'x').catch((error: unknown) => error)).to.be.instanceOf(NetworkError);
      world.there.calm();
      world.there.behaviour({ kind: 'down' });
      expect(await find(post, 'x').catch((error: unknown) => error)).to.be.instanceOf(TryLater);
      world.there.calm();
      world.there.delete(post);
      expect(await find(post, 'x')).to.equal(null);
    });
  });
});
