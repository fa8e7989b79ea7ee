import { VkError } from '../errors.ts';
import type { Params } from '../params.ts';
import type { Post } from '../../social/types.ts';
import { actor, type Call, type Method, type MethodDeps } from './method.ts';
import { matcher } from './search-text.ts';

/** Reading posts: `wall.get`, `wall.search`, `wall.getById`. */
export function wallMethods({ store, view, options }: MethodDeps): Method[] {
  /** The wall asked for by `owner_id` or `domain`; the caller's own when neither is given. */
  function wallOf(call: Call): number {
    const { params } = call;
    const domain = params.text('domain');
    const group = store.state.groups.find((g) => g.screen_name === domain);
    const owner = params.int('owner_id') ?? (group ? -group.id : undefined);
    if (owner === undefined && domain) throw new VkError(100, 'owner_id not found by domain');
    const wall = owner ?? actor(call, options);
    if (wall > 0 ? !store.findUser(wall) : !store.findGroup(-wall)) {
      throw wall > 0
        ? new VkError(18)
        : new VkError(15, 'this wall available only for community members');
    }
    return wall;
  }

  function page(posts: Post[], params: Params) {
    const from = params.int('offset', 0) ?? 0;
    const shown = posts.slice(from, from + params.count(20, 100));
    return {
      count: posts.length,
      items: shown.map(view.post),
      ...(params.flag('extended') && view.people(shown)),
    };
  }

  function filtered(posts: Post[], wall: number, filter: string | undefined): Post[] {
    if (filter === 'owner') return posts.filter((post) => post.from_id === wall);
    if (filter === 'others') return posts.filter((post) => post.from_id !== wall);
    if (filter === undefined || filter === '' || filter === 'all') return posts;
    throw new VkError(100, 'filter is undefined');
  }

  return [
    {
      name: 'wall.get',
      tokens: ['user'],
      run(call) {
        const wall = wallOf(call);
        const posts = store.posts().filter((post) => post.owner_id === wall);
        return page(filtered(posts, wall, call.params.text('filter')), call.params);
      },
    },
    {
      name: 'wall.search',
      tokens: ['user'],
      run(call) {
        const query = call.params.text('query') ?? '';
        if (query === '') throw new VkError(100, 'query is undefined');
        const wall = wallOf(call);
        const matches = matcher(query);
        const posts = store
          .posts()
          .filter((post) => post.owner_id === wall && matches(post.text))
          .filter((post) => !call.params.flag('owners_only') || post.from_id === wall);
        return page(posts, call.params);
      },
    },
    {
      name: 'wall.getById',
      tokens: ['user'],
      // Posts that do not exist or were deleted are left out, without an error.
      run({ params }) {
        const wanted = params.list('posts');
        if (wanted.length === 0) throw new VkError(100, 'posts is undefined');
        if (wanted.length > 100) throw new VkError(100, 'posts: no more than 100');
        const posts = wanted
          .map((item) => /^(-?\d+)_(\d+)/.exec(item))
          .map((m) =>
            m ? store.findPost({ owner_id: Number(m[1]), id: Number(m[2]) }) : undefined,
          )
          .filter((post) => post !== undefined)
          .filter((post) => !post.deleted);
        return {
          items: posts.map(view.post),
          ...(params.flag('extended') && view.people(posts)),
        };
      },
    },
  ];
}
