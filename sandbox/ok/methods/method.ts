import type { SocialStore } from '../../social/store.ts';
import type { Post } from '../../social/types.ts';
import { OkError } from '../errors.ts';
import { topicRef } from '../ids.ts';
import type { OkOptions, Scope } from '../options.ts';
import type { Params } from '../params.ts';
import type { View } from '../view.ts';

export interface Method {
  name: string;
  /** The right the user must have given; else error 10. */
  scope: Scope;
  /** Returns the answer; throws OkError. */
  run(params: Params): unknown;
}

export interface MethodDeps {
  store: SocialStore;
  view: View;
  options: OkOptions;
  base: () => string;
}

/** The topic with this number, if it is still there. */
export function findTopic(store: SocialStore, id: string): Post | undefined {
  const post = store.findPost(topicRef(id, (owner) => store.findGroup(owner) !== undefined));
  return post?.deleted ? undefined : post;
}

const types = ['GROUP_TOPIC', 'USER_STATUS'] as const;

/** The topic a discussion is about, named by `idName` and `typeName`; error 300 if it is not there. */
export function discussed(
  store: SocialStore,
  params: Params,
  idName = 'discussionId',
  typeName = 'discussionType',
): Post {
  const id = params.required(idName);
  const type = params.one(typeName, types);
  const post = findTopic(store, id);
  if (!post || type !== (post.owner_id < 0 ? 'GROUP_TOPIC' : 'USER_STATUS')) {
    throw new OkError(300);
  }
  return post;
}

/** The page of `items` after the one that `anchor` names; `key` is an item's name in an anchor. */
export function pageAfter<T>(
  items: readonly T[],
  anchor: string | undefined,
  count: number,
  key: (item: T) => string,
) {
  const at = anchor === undefined ? -1 : items.findIndex((item) => key(item) === anchor);
  if (anchor !== undefined && at < 0) throw new OkError(100, 'Invalid parameter anchor');
  const page = items.slice(at + 1, at + 1 + count);
  const last = page.at(-1);
  return {
    page,
    anchor: last === undefined ? anchor : key(last),
    has_more: items.length > at + 1 + count,
  };
}
