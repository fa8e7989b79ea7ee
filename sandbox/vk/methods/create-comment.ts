import { VkError } from '../errors.ts';
import type { Params } from '../params.ts';
import type { Ref } from '../../social/types.ts';
import { actor, type Call, type Method, type MethodDeps } from './method.ts';

/** `wall.createComment`; a repeated `guid` of the same author gives the comment made before. */
export function createCommentMethod({ store, options }: MethodDeps): Method {
  return { name: 'wall.createComment', tokens: ['user', 'group'], run: create };

  function create(call: Call) {
    const { params } = call;
    const owner_id = params.int('owner_id') ?? actor(call, options);
    const post = store.findPost({ owner_id, id: params.required('post_id') });
    if (!post) throw new VkError(100, 'incorrect post_id');
    if (post.deleted) throw new VkError(15, 'post was not found check post_id param');

    const from_id = author(call);
    const guid = params.text('guid') ? `${from_id}:${params.text('guid')}` : null;
    const before = guid && store.findCommentByGuid(guid);
    if (before) return { comment_id: before.id, parents_stack: before.parents_stack };

    if (post.comments_closed) throw new VkError(213);
    const photos = readAttachments(params);
    const text = params.text('message') ?? '';
    if (text.trim() === '' && photos.length === 0) throw new VkError(100, 'message is undefined');
    if (Array.from(text).length > options.limits.comment) {
      throw new VkError(100, 'message is too long');
    }
    const reply_to_comment = readReply(owner_id, post.id, params.int('reply_to_comment'));
    const comment = store.addComment({
      owner_id,
      post_id: post.id,
      from_id,
      text,
      photos,
      reply_to_comment,
      guid,
    });
    return { comment_id: comment.id, parents_stack: comment.parents_stack };
  }

  /** A group token speaks for its group; a user token for a group it administers, or for itself. */
  function author(call: Call): number {
    const group = call.params.int('from_group', 0) ?? 0;
    if (group !== 0 && group !== options.official.id) {
      throw new VkError(15, 'no access to the group of from_group');
    }
    return group === 0 ? actor(call, options) : -group;
  }

  function readReply(owner_id: number, post_id: number, id: number | undefined): number | null {
    if (id === undefined || id === 0) return null;
    const comment = store.findComment({ owner_id, id });
    if (comment?.post_id !== post_id || comment.deleted) {
      throw new VkError(100, 'reply_to_comment is invalid');
    }
    return id;
  }

  function readAttachments(params: Params): Ref[] {
    const wanted = params.list('attachments');
    if (wanted.length > options.limits.attachments) throw new VkError(100, 'too many attachments');
    return wanted.map((item) => {
      const match = /^photo(-?\d+)_(\d+)(_\w+)?$/.exec(item);
      const photo = match && store.findPhoto({ owner_id: Number(match[1]), id: Number(match[2]) });
      if (!photo) throw new VkError(100, `invalid attachments: ${item}`);
      return { owner_id: photo.owner_id, id: photo.id };
    });
  }
}
