import { VkError } from '../errors.ts';
import type { Params } from '../params.ts';
import { type Method, type MethodDeps } from './method.ts';

/** Who is who: `users.get`, `groups.getById`, `utils.resolveScreenName`. */
export function peopleMethods({ store, view, options }: MethodDeps): Method[] {
  function groups(params: Params) {
    const asked = [...params.list('group_ids'), ...params.list('group_id')];
    const wanted = asked.length > 0 ? asked : [String(options.official.id)];
    const found = wanted.map((key) =>
      store.state.groups.find(
        (group) =>
          group.screen_name === key || key === String(group.id) || key === `club${group.id}`,
      ),
    );
    const known = found.filter((group) => group !== undefined);
    if (known.length === 0) throw new VkError(100, 'group_ids is undefined');
    return { groups: known.map(view.group), profiles: [] };
  }

  function users(params: Params, self: number | null) {
    const asked = [...params.list('user_ids'), ...params.list('user_id')];
    const wanted = asked.length > 0 ? asked : self === null ? [] : [String(self)];
    return wanted
      .map((key) => store.findUser(Number(key.replace(/^id/, ''))))
      .filter((user) => user !== undefined)
      .map(view.user);
  }

  function resolve(params: Params) {
    const name = params.text('screen_name') ?? '';
    if (name === '') throw new VkError(100, 'screen_name is undefined');
    const group = store.state.groups.find(
      (g) => g.screen_name === name || name === `club${g.id}` || name === `public${g.id}`,
    );
    if (group) return { type: 'group', object_id: group.id };
    const user = /^id\d+$/.test(name) ? store.findUser(Number(name.slice(2))) : undefined;
    return user ? { type: 'user', object_id: user.id } : [];
  }

  return [
    { name: 'groups.getById', tokens: ['user', 'group'], run: (call) => groups(call.params) },
    {
      name: 'users.get',
      tokens: ['user', 'group'],
      run: (call) => users(call.params, call.token === 'user' ? options.admin.id : null),
    },
    {
      name: 'utils.resolveScreenName',
      tokens: ['user', 'group'],
      run: (call) => resolve(call.params),
    },
  ];
}
