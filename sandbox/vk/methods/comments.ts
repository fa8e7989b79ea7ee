import { VkError } from '../errors.ts';
import type { Params } from '../params.ts';
import type { Comment, Post } from '../../social/types.ts';
import { actor, type Call, type Method, type MethodDeps } from './method.ts';

/** Reading comments: `wall.getComments`, `wall.getComment`. */
export function commentMethods({ store, view, options }: MethodDeps): Method[] {
  const rights = (post: Post | undefined) => ({
    can_post: post?.comments_closed !== true,
    show_reply_button: true,
    groups_can_post: post?.comments_closed !== true,
  });

  /** Deleted comments that still have answers: VK shows them without text, marked `deleted`. */
  function headless(post: Post, alive: Comment[]): Comment[] {
    const heads = new Set(alive.map((comment) => comment.parents_stack[0]));
    return store.state.comments.filter(
      (c) => c.deleted && c.owner_id === post.owner_id && c.post_id === post.id && heads.has(c.id),
    );
  }

  function getComments(call: Call) {
    const { params } = call;
    const owner_id = params.int('owner_id') ?? actor(call, options);
    const post = store.findPost({ owner_id, id: params.required('post_id') });
    if (!post || post.deleted) throw new VkError(15, 'post was not found check post_id param');
    if (post.comments_closed) throw new VkError(212);
    const threadItems = params.int('thread_items_count', 0) ?? 0;
    if (threadItems > 10) {
      throw new VkError(100, 'thread_items_count should be less or equal to 10');
    }

    const all = store.comments(post);
    const shown = [...all, ...headless(post, all)].sort((a, b) => a.id - b.id);
    const level = ordered(atLevel(shown, params.int('comment_id', 0)), params.text('sort'));
    const start = startOf(level, params);
    const page = level.slice(start, start + params.count(10, 100));
    const preview = params.int('preview_length', 0) ?? 0;
    return {
      count: all.length,
      items: page
        .map((comment) => view.comment(comment, threadItems))
        .map((item) =>
          preview > 0 ? { ...item, text: cut(String(item['text']), preview) } : item,
        ),
      current_level_count: level.length,
      ...rights(post),
      ...(params.flag('extended') && {
        ...view.people([
          ...page,
          ...page.flatMap(({ id }) => atLevel(all, id).slice(0, threadItems)),
        ]),
        post_author_id: post.from_id,
      }),
    };
  }

  function getComment(call: Call) {
    const { params } = call;
    const owner_id = params.int('owner_id') ?? actor(call, options);
    const comment = store.findComment({ owner_id, id: params.required('comment_id') });
    if (!comment) throw new VkError(100, 'comment not found');
    const post = store.findPost({ owner_id, id: comment.post_id });
    if (!post || post.deleted) throw new VkError(15, 'post was not found check post_id param');
    return {
      items: [view.comment(comment, 0)],
      ...rights(post),
      ...(params.flag('extended') && {
        ...view.people([comment]),
        post_author_id: post.from_id,
      }),
    };
  }

  return [
    { name: 'wall.getComments', tokens: ['user'], run: getComments },
    { name: 'wall.getComment', tokens: ['user'], run: getComment },
  ];
}

/** Top comments, or with `threadOf` the answers in that comment's thread. */
function atLevel(all: Comment[], threadOf: number | undefined): Comment[] {
  return all.filter((comment) => comment.parents_stack[0] === (threadOf || undefined));
}

function ordered(comments: Comment[], sort = 'asc'): Comment[] {
  if (!['', 'asc', 'desc', 'smart'].includes(sort)) throw new VkError(100, 'sort is undefined');
  return sort === 'desc' ? comments.toReversed() : comments;
}

/** Index of the first comment to show: `start_comment_id` itself, moved by `offset`. */
function startOf(level: Comment[], params: Params): number {
  const id = params.int('start_comment_id', 0);
  const at = id === undefined ? 0 : level.findIndex((comment) => comment.id === id);
  if (at < 0) throw new VkError(100, 'start_comment_id is invalid');
  return Math.max(0, at + (params.int('offset') ?? 0));
}

function cut(text: string, length: number): string {
  const characters = Array.from(text);
  return characters.length > length ? `${characters.slice(0, length).join('')}…` : text;
}
