import type { Secrets } from '../../src/networks/secrets.ts';
import { metaAt, openMeta, type MetaCode, type MetaSandbox } from '../meta.ts';
import { deadUrl } from '../vk.ts';
import { openPage, spoiling, type World } from './world.ts';

const PUBLISHES = 'publish';

export async function facebookWorld(): Promise<World> {
  const world = await openMeta('facebook');
  const { there } = world;
  const nodeOf = (id: string) => id.split('/').at(-1) ?? '';
  const postOf = (id: string) => id.split('/')[0] ?? '';
  return {
    ...shared('facebook', world, nodeOf),
    author: 'Анна Петрова',
    thread: null,
    post: (text) => there.post({ text }).id,
    comment(on, text) {
      const post = postOf(on);
      return `${post}/${there.comment({ post, text }).id}`;
    },
    answers: (under) => answersUnder(world, postOf(under), under.split('/')[1] ?? null),
  };
}

export async function instagramWorld(): Promise<World> {
  const world = await openMeta('instagram');
  const { there } = world;
  const partsOf = (id: string) => id.replace('@', '').split('/');
  const nodeOf = (id: string) => partsOf(id).at(-1) ?? '';
  const mediaOf = (id: string) => partsOf(id)[0] ?? '';
  return {
    ...shared('instagram', world, nodeOf),
    author: 'anna_petrova',
    thread: there.posts('own')[0]?.id ?? '',
    post: (text) => `@${there.post({ text }).id}`,
    comment(on, text) {
      const post = mediaOf(on);
      return `${post}/${there.comment({ post, text }).id}`;
    },
    answers: (under) => answersUnder(world, mediaOf(under), partsOf(under)[1] ?? null),
  };
}

/** Our answers under a post, or under a comment of it. */
function answersUnder({ there }: MetaSandbox, post: string, comment: string | null): string[] {
  return there
    .comments(post)
    .filter(({ from, parent }) => from === there.options.official.id && parent === comment)
    .map(({ text }) => text);
}

function shared(code: MetaCode, world: MetaSandbox, nodeOf: (id: string) => string) {
  const { there, network } = world;
  const refused: Partial<Secrets> = {
    facebookToken: 'geheim',
    instagramToken: 'geheim',
    metaAppSecret: 'geheim',
  };
  return {
    network,
    restarted: () => metaAt(code, there.url),
    away: async () => metaAt(code, await deadUrl()),
    intruder: () => metaAt(code, there.url, refused),
    edit: (id: string, text: string) => there.edit(nodeOf(id), text),
    remove: (id: string) => there.delete(nodeOf(id)),
    spoil: spoiling(there, PUBLISHES),
    open: openPage,
    close: () => world.close(),
  } satisfies Partial<World>;
}
