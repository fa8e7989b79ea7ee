import { topicRef } from '../../sandbox/ok/ids.ts';
import { okAt, openOk } from '../ok.ts';
import { deadUrl } from '../vk.ts';
import { openPage, spoiling, type World } from './world.ts';

const PUBLISHES = 'discussions.addDiscussionComment';

export async function okWorld(): Promise<World> {
  const world = await openOk();
  const { sandbox, tokens } = world;
  const { official } = sandbox.ok.options;
  const intruder = { key: 'geheim', secret: 'geheim', token: 'geheim' };
  const postOf = (id: string) => {
    const [, place, topic = ''] = /^(group|profile)\/\d+\/\w+\/(\d+)/.exec(id) ?? [];
    return topicRef(topic, () => place === 'group');
  };
  /** The post itself, or the comment under it. */
  const ref = (id: string) => {
    const post = postOf(id);
    const comment = /\/comment\/(\d+)$/.exec(id)?.[1];
    return comment === undefined ? post : { owner_id: post.owner_id, id: Number(comment) };
  };
  return {
    network: world.ok,
    author: 'Анна Петрова',
    thread: null,
    restarted: () => okAt(sandbox.ok.url, tokens),
    away: async () => okAt(await deadUrl(), tokens),
    intruder: () => okAt(sandbox.ok.url, intruder),
    post: (text) => world.id(sandbox.ok.post({ text, wall: 'official' })),
    comment(on, text) {
      const post = postOf(on);
      return world.id(post, sandbox.ok.comment({ post, text }).id);
    },
    edit: (id, text) => sandbox.ok.edit(ref(id), text),
    remove: (id) => sandbox.ok.delete(ref(id)),
    answers: (under) =>
      sandbox.ok
        .comments(postOf(under))
        .filter(({ from_id }) => from_id === -official.id)
        .map(({ text }) => text),
    spoil: spoiling(sandbox.ok, PUBLISHES),
    open: openPage,
    close: () => world.close(),
  };
}
