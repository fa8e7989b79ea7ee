import { expect } from 'chai';
import { deadUrl, openVk, vkAt, type VkSandbox } from '../../../test/vk.ts';
import { TryLater } from '../../errors.ts';
import { CredentialsRefused } from '../port.ts';

describe('VK: one object by its id', () => {
  let world: VkSandbox;
  before(async () => void (world = await openVk()));
  after(() => world.close());
  beforeEach(() => world.sandbox.vk.reset());

  const find = async (externalId: string) => (await world.vk.find?.([externalId]))?.[0] ?? null;

  it('is shown with author, link and time: a post and a comment', async () => {
    const post = world.sandbox.vk.post({ author: 'Пётр Ильин', text: 'Яма' });
    const comment = world.sandbox.vk.comment({ post, author: 'Анна Белова', text: 'И у нас' });
    const postId = `${post.owner_id}_${post.id}`;
    expect(await find(postId)).to.deep.include({
      externalId: postId,
      kind: 'post',
      url: world.sandbox.vk.permalink(post),
      authorName: 'Пётр Ильин',
      text: 'Яма',
      publishedAt: new Date(post.date * 1000),
    });
    expect(await find(`${postId}_r${comment.id}`)).to.deep.include({
      kind: 'comment',
      authorName: 'Анна Белова',
      text: 'И у нас',
    });
  });

  it('is not there when it was deleted, never was, or is under another post', async () => {
    const [post, other] = [
      world.sandbox.vk.post({ text: 'Яма' }),
      world.sandbox.vk.post({ text: 'Ещё' }),
    ];
    const comment = world.sandbox.vk.comment({ post, text: 'И у нас' });
    const wall = post.owner_id;
    for (const id of [
      `${wall}_999`,
      `${wall}_${post.id}_r999`,
      `${wall}_${other.id}_r${comment.id}`,
    ]) {
      expect(await find(id), id).to.be.null;
    }
  });

  it('is asked for again later when the network is away, and never without a token', async () => {
    const failure = (vk: ReturnType<typeof vkAt>) =>
      vk.find?.(['-1_2']).then(
        () => null,
        (error: unknown) => error,
      );
    const away = vkAt(await deadUrl(), { user: 'x', group: null });
    expect(await failure(away)).to.be.instanceOf(TryLater);
    const refused = vkAt(world.sandbox.vk.url, { user: 'wrong', group: null });
    expect(await failure(refused)).to.be.instanceOf(CredentialsRefused);
    expect(vkAt('http://localhost', { user: 'x', group: null }, { canRead: false }).find).to.be
      .undefined;
  });
});
