import { Readable } from 'node:stream';
import { expect } from 'chai';
import { anAnswer, deadUrl, openVk, vkAt, type VkSandbox } from '../../../test/vk.ts';
import { knownErrors } from './errors.ts';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

describe('VK: replying', () => {
  let world: VkSandbox;
  let post: { owner_id: number; id: number };
  let target: string;

  before(async () => void (world = await openVk()));
  after(() => world.close());
  beforeEach(() => {
    world.sandbox.vk.reset();
    post = world.sandbox.vk.post({ text: 'Яма на улице Ленина, Смоленск' });
    target = `${post.owner_id}_${post.id}`;
  });

  const comments = () => world.sandbox.vk.comments(post);
  const fail = (code: number, method = 'wall.createComment') =>
    world.sandbox.vk.behaviour({ kind: 'error', code, method });

  it('publishes under a post in the name of the community, with proof and link', async () => {
    const outcome = await world.vk.reply(
      target,
      anAnswer({ text: '  Яма заделана.\r\nСпасибо! ' }),
    );
    const [made] = comments();
    expect(outcome).to.deep.include({
      state: 'published',
      externalId: `${target}_r${made?.id}`,
      permalink: `${world.sandbox.vk.url}/wall${target}?reply=${made?.id}`,
    });
    expect(made).to.deep.include({ from_id: -519001, text: 'Яма заделана.\nСпасибо!' });
    expect(outcome).to.have.nested.property('received.comment_id', made?.id);
    expect(outcome).to.have.nested.property('sent.params.message', 'Яма заделана.\nСпасибо!');
  });

  it('looks up together what is answered at the same time, and answers what is there', async () => {
    const others = [1, 2].map((n) => world.sandbox.vk.post({ text: `Яма ${n}, Смоленск` }));
    world.sandbox.vk.delete(others[1]!);
    const targets = [post, ...others].map((it) => `${it.owner_id}_${it.id}`);
    const looks = await calls('wall.getById', async () => {
      const outcomes = await Promise.all(targets.map((it) => world.vk.reply(it, anAnswer())));
      expect(outcomes.map(({ state }) => state)).to.eql(['published', 'published', 'gone']);
    });
    expect(looks).to.equal(1);
  });

  it('publishes under a comment as a reply to it', async () => {
    const question = world.sandbox.vk.comment({ post, text: 'Когда?' });
    const outcome = await world.vk.reply(`${target}_r${question.id}`, anAnswer());
    expect(outcome.state).to.equal('published');
    expect(comments().at(-1)?.reply_to_comment).to.equal(question.id);
  });

  it('publishes pictures from a stream or a buffer', async () => {
    const picture = { name: 'яма.png', mediaType: 'image/png', size: PNG.length };
    const attachments = [
      { ...picture, open: () => PNG },
      { ...picture, open: () => Readable.from([PNG]) },
    ];
    expect((await world.vk.reply(target, anAnswer({ attachments }))).state).to.equal('published');
    expect(comments()[0]?.photos).to.have.length(2);
  });

  it('is refused when the network does not take a file', async () => {
    const open = () => Buffer.from('not a picture');
    const file = { name: 'a.png', mediaType: 'image/png', size: 13, open };
    const outcome = await world.vk.reply(target, anAnswer({ attachments: [file] }));
    expect(outcome.state).to.equal('refused');
    expect(comments()).to.have.length(0);
  });

  it('tries later when the upload broke off: nothing was published', async () => {
    world.sandbox.vk.behaviour({ kind: 'cut-before', method: 'upload' });
    const file = { name: 'a.png', mediaType: 'image/png', size: PNG.length, open: () => PNG };
    const outcome = await world.vk.reply(target, anAnswer({ attachments: [file] }));
    expect(outcome.state).to.equal('try-later');
  });

  it('makes one comment of one guid', async () => {
    const answer = anAnswer();
    const first = await world.vk.reply(target, answer);
    const second = await world.vk.reply(target, answer);
    expect(comments()).to.have.length(1);
    expect(second).to.deep.equal(first);
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
  for (const { code, kind, afterMs } of [
    ...knownErrors,
    { code: 4242, kind: 'other' as const, afterMs: undefined },
  ]) {
    it(`error ${code} (${kind}) ends as ${expected[kind]}`, async () => {
      fail(code);
      const outcome = await world.vk.reply(target, anAnswer());
      expect(outcome.state).to.equal(expected[kind]);
      expect(outcome).to.have.property('reason').that.contains(String(code));
      if (kind === 'rate') expect(outcome).to.have.property('afterMs', afterMs);
      expect(comments()).to.have.length(0);
    });
  }

  it('an error envelope with HTTP 200 is never taken for a published answer', async () => {
    fail(213);
    expect(await world.vk.reply(target, anAnswer())).to.deep.include({
      state: 'needs-person',
      received: { error_code: 213, error_msg: 'Access to status replies denied' },
    });
  });

  it('knows when the original is gone', async () => {
    world.sandbox.vk.delete(post);
    expect((await world.vk.reply(target, anAnswer())).state).to.equal('gone');
  });

  it('knows when the comment it answers is gone', async () => {
    const question = world.sandbox.vk.comment({ post, text: 'Когда?' });
    world.sandbox.vk.delete(question);
    const outcome = await world.vk.reply(`${target}_r${question.id}`, anAnswer());
    expect(outcome.state).to.equal('gone');
  });

  it('still publishes while reading fails', async () => {
    fail(10, 'wall.getById');
    expect((await world.vk.reply(target, anAnswer())).state).to.equal('published');
  });

  it('tries later when the request never left', async () => {
    const nowhere = vkAt(await deadUrl(), { user: 'u', group: 'g' });
    expect((await nowhere.reply(target, anAnswer())).state).to.equal('try-later');
  });

  for (const kind of ['cut-before', 'cut-after', 'down'] as const) {
    it(`does not know the outcome after ${kind}`, async () => {
      world.sandbox.vk.behaviour({ kind, method: 'wall.createComment' });
      const outcome = await world.vk.reply(target, anAnswer());
      expect(outcome.state).to.equal('unknown');
      expect(comments()).to.have.length(kind === 'cut-after' ? 1 : 0);
    });
  }

  it('needs a person when replying is switched off or no token is set', async () => {
    const off = vkAt(world.sandbox.vk.url, { user: 'u', group: 'g' }, { canReply: false });
    const bare = vkAt(world.sandbox.vk.url, { user: null, group: null });
    expect((await off.reply(target, anAnswer())).state).to.equal('needs-person');
    expect((await bare.reply(target, anAnswer())).state).to.equal('needs-person');
  });

  it('tries later when stopped before it began', async () => {
    const outcome = await world.vk.reply(target, anAnswer(), AbortSignal.abort());
    expect(outcome.state).to.equal('try-later');
  });
});

/** How often `act` calls a method of VK. */
async function calls(method: string, act: () => Promise<void>): Promise<number> {
  const { fetch } = globalThis;
  let count = 0;
  globalThis.fetch = (url, options) => {
    if (typeof url === 'string' && url.endsWith(`/method/${method}`)) count += 1;
    return fetch(url, options);
  };
  try {
    await act();
    return count;
  } finally {
    globalThis.fetch = fetch;
  }
}
