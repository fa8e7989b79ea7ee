import { OkError } from '../errors.ts';
import { topicId } from '../ids.ts';
import type { Params } from '../params.ts';
import { discussed, pageAfter, type Method, type MethodDeps } from './method.ts';

/** Reading discussions: `getList`, `getComments`, `getComment`. */
export function discussionMethods({ store, view }: MethodDeps): Method[] {
  /** Discussions of the groups the user belongs to, the latest activity first. */
  function getList(params: Params) {
    const types = params.list('types');
    const category = params.one('category', ['GROUP', 'MY'], 'MY');
    const topics = store
      .posts()
      .filter(({ owner_id }) => (category === 'GROUP' ? owner_id < 0 : owner_id > 0))
      .filter(
        (post) =>
          types.length === 0 || types.includes(String(view.discussion(post)['object_type'])),
      )
      .sort((a, b) => view.activity(b) - view.activity(a) || b.id - a.id);
    const { page, ...more } = pageAfter(
      topics,
      params.text('anchor'),
      params.count(20, 100),
      topicId,
    );
    return {
      discussions: page.map((post) => params.pick('discussion', view.discussion(post))),
      ...more,
    };
  }

  function getComments(params: Params) {
    const post = discussed(store, params);
    const direction = params.one('direction', ['FORWARD', 'BACKWARD'], 'FORWARD');
    const given = params.required('anchor');
    const all = store.comments(post);
    const ordered = direction === 'FORWARD' ? all : all.toReversed();
    const anchor = ['FIRST', 'LAST', 'UNREAD'].includes(given) ? undefined : given;
    const { page, ...more } = pageAfter(ordered, anchor, params.count(20, 100), ({ id }) =>
      String(id),
    );
    const shown = direction === 'FORWARD' ? page : page.toReversed();
    return {
      discussionId: topicId(post),
      discussionType: params.required('discussionType'),
      comments: shown.map((comment) => params.pick('comment', view.comment(comment))),
      ...more,
    };
  }

  function getComment(params: Params) {
    const { owner_id, id } = discussed(store, params);
    const comment = store.findComment({ owner_id, id: Number(params.required('comment_id')) });
    if (!comment || comment.post_id !== id || comment.deleted) throw new OkError(700);
    return { comment: params.pick('comment', view.comment(comment)) };
  }

  const scope = 'VALUABLE_ACCESS';
  return [
    { name: 'discussions.getList', scope, run: getList },
    { name: 'discussions.getComments', scope, run: getComments },
    { name: 'discussions.getComment', scope, run: getComment },
  ];
}
