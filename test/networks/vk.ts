import { deadUrl, openVk, vkAt } from '../vk.ts';
import { openPage, spoiling, type World } from './world.ts';

const PUBLISHES = 'wall.createComment';

export async function vkWorld(): Promise<World> {
  const world = await openVk();
  const { sandbox, vk: network } = world;
  const { userToken, groupToken, official } = sandbox.vk.options;
  const tokens = { user: userToken, group: groupToken };
  /** The post, and of a comment its own number. */
  const ref = (id: string) => {
    const [, owner, post, comment] = /^(-?\d+)_(\d+)(?:_r(\d+))?$/.exec(id) ?? [];
    const owner_id = Number(owner);
    return { owner_id, post: Number(post), id: Number(comment ?? post) };
  };
  const postOf = (id: string) => ({ owner_id: ref(id).owner_id, id: ref(id).post });
  return {
    network,
    author: 'Анна Петрова',
    thread: null,
    restarted: () => vkAt(sandbox.vk.url, tokens),
    away: async () => vkAt(await deadUrl(), tokens),
    intruder: () => vkAt(sandbox.vk.url, { user: 'geheim', group: 'geheim' }),
    post(text) {
      const { owner_id, id } = sandbox.vk.post({ text, wall: 'official' });
      return `${owner_id}_${id}`;
    },
    comment(on, text) {
      const post = postOf(on);
      const { id } = sandbox.vk.comment({ post, text });
      return `${post.owner_id}_${post.id}_r${id}`;
    },
    edit: (id, text) => sandbox.vk.edit(ref(id), text),
    remove: (id) => sandbox.vk.delete(ref(id)),
    answers: (under) =>
      sandbox.vk
        .comments(postOf(under))
        .filter(({ from_id }) => from_id === -official.id)
        .map(({ text }) => text),
    spoil: spoiling(sandbox.vk, PUBLISHES),
    open: openPage,
    close: () => world.close(),
  };
}
