import { expect } from 'chai';
import { anAnswer, openVk, type VkSandbox } from '../../../test/vk.ts';
import { TryLater } from '../../errors.ts';

describe('VK: reading back after an unknown outcome', () => {
  let world: VkSandbox;
  let post: { owner_id: number; id: number };
  let target: string;

  before(async () => void (world = await openVk()));
  after(() => world.close());
  beforeEach(() => {
    world.sandbox.vk.reset();
    post = world.sandbox.vk.post({ text: 'Нет света в Смоленске' });
    target = `${post.owner_id}_${post.id}`;
  });

  async function publishBlindly(externalId: string, answer = anAnswer()) {
    world.sandbox.vk.behaviour({ kind: 'cut-after', times: 1 });
    expect((await world.vk.reply(externalId, answer)).state).to.equal('unknown');
    return answer;
  }

  it('finds the reply under a post, and a retry with the same guid gives the same', async () => {
    const answer = await publishBlindly(target, anAnswer({ text: 'Свет  включён & проверен.' }));
    const found = await world.vk.findReply(target, answer);
    expect(found?.permalink).to.equal(
      world.sandbox.vk.permalink(post, world.sandbox.vk.comments(post)[0]?.id),
    );
    expect(await world.vk.reply(target, answer)).to.deep.include({
      state: 'published',
      externalId: found?.externalId,
    });
    expect(world.sandbox.vk.comments(post)).to.have.length(1);
  });

  it('finds the reply to a comment, and to a comment inside a thread', async () => {
    const top = world.sandbox.vk.comment({ post, text: 'У нас тоже' });
    const inner = world.sandbox.vk.comment({ post, text: 'И у нас', replyTo: top.id });
    for (const { id } of [top, inner]) {
      const answer = await publishBlindly(`${target}_r${id}`);
      const found = await world.vk.findReply(`${target}_r${id}`, answer);
      expect(found?.externalId).to.equal(
        `${target}_r${world.sandbox.vk.comments(post).at(-1)?.id}`,
      );
    }
  });

  it('finds it among hundreds of comments', async () => {
    const answer = await publishBlindly(target);
    for (let n = 0; n < 250; n += 1) world.sandbox.vk.comment({ post, text: `Ждём ${n}` });
    expect(await world.vk.findReply(target, answer)).to.be.an('object');
  });

  it('takes neither a citizen with the same words nor our reply to somebody else for it', async () => {
    const answer = anAnswer();
    const citizen = world.sandbox.vk.comment({ post, text: answer.text });
    await world.vk.reply(`${target}_r${citizen.id}`, answer);
    expect(await world.vk.findReply(target, answer)).to.equal(null);
  });

  it('finds nothing where nothing can be seen', async () => {
    world.sandbox.vk.delete(post);
    expect(await world.vk.findReply(target, anAnswer())).to.equal(null);
  });

  it('says nothing while the network is down', async () => {
    world.sandbox.vk.behaviour({ kind: 'down' });
    const error = await world.vk.findReply(target, anAnswer()).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(TryLater);
  });
});
