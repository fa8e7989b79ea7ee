import { Readable } from 'node:stream';
import { expect } from 'chai';
import { okAt, openOk, type OkSandbox } from '../../../test/ok.ts';
import { anAnswer, deadUrl } from '../../../test/vk.ts';
import { knownErrors } from './errors.ts';

const METHOD = 'discussions.addDiscussionComment';
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const picture = { name: 'яма.png', mediaType: 'image/png', size: PNG.length };

describe('OK: replying', () => {
  let world: OkSandbox;
  let post: { owner_id: number; id: number };
  let target: string;

  before(async () => void (world = await openOk()));
  after(() => world.close());
  beforeEach(() => {
    world.sandbox.ok.reset();
    post = world.sandbox.ok.post({ text: 'Яма на улице Ленина', wall: 'official' });
    target = world.id(post);
  });

  const comments = () => world.sandbox.ok.comments(post);
  const fail = (code: number, method = METHOD) =>
    world.sandbox.ok.behaviour({ kind: 'error', code, method });

  it('publishes in our own group in its name, with proof and link', async () => {
    const outcome = await world.ok.reply(
      target,
      anAnswer({ text: '  Яма заделана.\r\nСпасибо! ' }),
    );
    const [made] = comments();
    expect(outcome).to.deep.include({
      state: 'published',
      externalId: world.id(post, made?.id),
      permalink: world.sandbox.ok.permalink(post, made?.id),
    });
    expect(made).to.deep.include({ from_id: -519001, text: 'Яма заделана.\nСпасибо!' });
    expect(outcome).to.have.nested.property('received.comment.id', String(made?.id));
    expect(outcome).to.have.nested.property('sent.params.comment', 'Яма заделана.\nСпасибо!');
  });

  it('publishes elsewhere as the account, and knows that answer as its own', async () => {
    post = world.sandbox.ok.post({ text: 'Яма', wall: 'city' });
    const answer = anAnswer();
    expect((await world.ok.reply(world.id(post), answer)).state).to.equal('published');
    expect(comments()[0]?.from_id).to.equal(519100);
    expect(await world.ok.findReply(world.id(post), answer)).to.be.an('object');
  });

  it('publishes on a personal page', async () => {
    post = world.sandbox.ok.post({ text: 'Яма', wall: 'personal' });
    expect((await world.ok.reply(world.id(post), anAnswer())).state).to.equal('published');
  });

  it('publishes under a comment as a reply to it', async () => {
    const question = world.sandbox.ok.comment({ post, text: 'Когда?' });
    const outcome = await world.ok.reply(world.id(post, question.id), anAnswer());
    expect(outcome.state).to.equal('published');
    expect(comments().at(-1)?.reply_to_comment).to.equal(question.id);
  });

  for (const photosBy of ['token', 'id'] as const) {
    it(`publishes pictures from a stream or a buffer, named by their ${photosBy}`, async () => {
      const ok = okAt(world.sandbox.ok.url, world.tokens, { photosBy });
      const attachments = [
        { ...picture, open: () => PNG },
        { ...picture, open: () => Readable.from([PNG]) },
      ];
      expect((await ok.reply(target, anAnswer({ attachments }))).state).to.equal('published');
      expect(comments()[0]?.photos).to.have.length(2);
    });
  }

  it('is refused when the network does not take a file', async () => {
    const open = () => Buffer.from('not a picture');
    const file = { name: 'a.png', mediaType: 'image/png', size: 13, open };
    const outcome = await world.ok.reply(target, anAnswer({ attachments: [file] }));
    expect(outcome).to.deep.include({ state: 'refused' });
    expect(outcome).to.have.property('reason').that.contains('503');
    expect(comments()).to.have.length(0);
  });

  it('tries later when the upload broke off: nothing was published', async () => {
    world.sandbox.ok.behaviour({ kind: 'cut-before', method: 'upload' });
    const file = { ...picture, open: () => PNG };
    const outcome = await world.ok.reply(target, anAnswer({ attachments: [file] }));
    expect(outcome.state).to.equal('try-later');
  });

  const expected = {
    rate: 'try-later',
    credentials: 'needs-person',
    permission: 'needs-person',
    human: 'needs-person',
    content: 'refused',
    missing: 'needs-person',
    transient: 'unknown',
    other: 'needs-person',
  };
  for (const { code, kind } of [...knownErrors, { code: 4242, kind: 'other' as const }]) {
    it(`error ${code} (${kind}) ends as ${expected[kind]}`, async () => {
      fail(code);
      const outcome = await world.ok.reply(target, anAnswer());
      expect(outcome.state).to.equal(expected[kind]);
      expect(outcome).to.have.property('reason').that.contains(String(code));
      if (kind === 'rate') {
        expect(outcome).to.have.property('afterMs', code === 8 ? 60_000 : 600_000);
      }
      expect(comments()).to.have.length(0);
    });
  }

  it('an error with HTTP 200 is never taken for a published answer', async () => {
    fail(456);
    expect(await world.ok.reply(target, anAnswer())).to.deep.include({
      state: 'needs-person',
      received: {
        error_code: 456,
        error_msg: 'GROUP_RESTRICTION : The group has restricted this operation',
      },
    });
  });

  it('is refused when the text is longer than the network takes', async () => {
    const outcome = await world.ok.reply(target, anAnswer({ text: 'а'.repeat(4097) }));
    expect(outcome.state).to.equal('refused');
  });

  it('needs a person where comments are closed', async () => {
    post = world.sandbox.ok.post({ text: 'Тихо', wall: 'official', commentsClosed: true });
    expect((await world.ok.reply(world.id(post), anAnswer())).state).to.equal('needs-person');
  });

  it('knows when the original is gone', async () => {
    world.sandbox.ok.delete(post);
    expect((await world.ok.reply(target, anAnswer())).state).to.equal('gone');
  });

  it('knows when the comment it answers is gone', async () => {
    const question = world.sandbox.ok.comment({ post, text: 'Когда?' });
    world.sandbox.ok.delete(question);
    const outcome = await world.ok.reply(world.id(post, question.id), anAnswer());
    expect(outcome.state).to.equal('gone');
  });

  it('still publishes while reading fails', async () => {
    fail(9999, 'mediatopic.getByIds');
    expect((await world.ok.reply(target, anAnswer())).state).to.equal('published');
  });

  it('tries later when the request never left', async () => {
    const nowhere = okAt(await deadUrl(), world.tokens);
    expect((await nowhere.reply(target, anAnswer())).state).to.equal('try-later');
  });

  for (const kind of ['cut-before', 'cut-after', 'down'] as const) {
    it(`does not know the outcome after ${kind}`, async () => {
      world.sandbox.ok.behaviour({ kind, method: METHOD });
      const outcome = await world.ok.reply(target, anAnswer());
      expect(outcome.state).to.equal('unknown');
      expect(comments()).to.have.length(kind === 'cut-after' ? 1 : 0);
    });
  }

  it('needs a person when replying is switched off or keys are missing', async () => {
    const { url } = world.sandbox.ok;
    const off = okAt(url, world.tokens, { canReply: false });
    const bare = okAt(url, { key: null, secret: null, token: null });
    expect((await off.reply(target, anAnswer())).state).to.equal('needs-person');
    expect((await bare.reply(target, anAnswer())).state).to.equal('needs-person');
  });

  it('tries later when stopped before it began', async () => {
    const outcome = await world.ok.reply(target, anAnswer(), AbortSignal.abort());
    expect(outcome.state).to.equal('try-later');
  });

  describe('reading back after an unknown outcome', () => {
    it('finds the reply among hundreds of comments', async () => {
      const answer = anAnswer({ text: 'Свет  включён & проверен.' });
      world.sandbox.ok.behaviour({ kind: 'cut-after', times: 1 });
      expect((await world.ok.reply(target, answer)).state).to.equal('unknown');
      const [made] = comments();
      for (let n = 0; n < 250; n += 1) world.sandbox.ok.comment({ post, text: `Ждём ${n}` });
      expect(await world.ok.findReply(target, answer)).to.deep.include({
        externalId: world.id(post, made?.id),
        permalink: world.sandbox.ok.permalink(post, made?.id),
      });
    });

    it('takes neither a citizen with the same words nor our reply to somebody else for it', async () => {
      const answer = anAnswer();
      const citizen = world.sandbox.ok.comment({ post, text: answer.text });
      await world.ok.reply(world.id(post, citizen.id), answer);
      expect(await world.ok.findReply(target, answer)).to.equal(null);
    });

    it('finds nothing where the original is gone', async () => {
      world.sandbox.ok.delete(post);
      expect(await world.ok.findReply(target, anAnswer())).to.equal(null);
    });

    it('claims nothing where it is not allowed to look: OK would publish a second time', async () => {
      fail(10, 'discussions.getComments');
      const error = await world.ok.findReply(target, anAnswer()).catch((thrown: unknown) => thrown);
      expect(error).to.be.an('error').with.property('message').that.contains('error 10');
    });
  });
});
