import { z } from 'zod';
import type { Ref } from '../../social/types.ts';
import { OkError } from '../errors.ts';
import { ADD_COMMENT } from '../faults.ts';
import type { Params } from '../params.ts';
import { discussed, type Method, type MethodDeps } from './method.ts';

const attachment = z
  .object({ type: z.literal('PHOTO') })
  .and(z.union([z.object({ token: z.string() }), z.object({ id: z.string() })]));

/** `discussions.addDiscussionComment`. OK has no key against repeats: two calls, two comments. */
export function addCommentMethod({ store, view, options }: MethodDeps): Method {
  return { name: ADD_COMMENT, scope: 'VALUABLE_ACCESS', run: add };

  function add(params: Params) {
    const post = discussed(store, params, 'entityId', 'entityType');
    const from_id = author(post.owner_id, params);
    if (post.comments_closed) throw new OkError(456);
    const text = params.text('comment') ?? '';
    const attached = params.text('attachments') ? read(params) : [];
    if (text.trim() === '' && attached.length === 0) {
      throw new OkError(100, 'Missing required parameter comment');
    }
    if (Array.from(text).length > options.limits.comment) throw new OkError(601);
    if (attached.length > options.limits.attachments) throw new OkError(600);
    const { owner_id } = post;
    const reply_to_comment = readReply(owner_id, post.id, params.text('reply_to_comment_id'));
    const photos = attached.map((each) => take(from_id, each));
    const comment = store.addComment({
      owner_id,
      post_id: post.id,
      from_id,
      text,
      photos,
      reply_to_comment,
      guid: null,
    });
    return { comment: params.pick('comment', view.comment(comment)) };
  }

  /** The user, or with `as_admin` the group he administers. */
  function author(owner: number, params: Params): number {
    if (!params.flag('as_admin')) return options.admin.id;
    if (!options.scopes.includes('GROUP_CONTENT')) throw new OkError(10, 'GROUP_CONTENT');
    if (owner !== -options.official.id) throw new OkError(50);
    return owner;
  }

  function readReply(owner_id: number, post_id: number, id: string | undefined): number | null {
    if (id === undefined) return null;
    const comment = store.findComment({ owner_id, id: Number(id) });
    if (comment?.post_id !== post_id || comment.deleted) throw new OkError(700);
    return comment.id;
  }

  function read(params: Params) {
    const parsed = z.array(attachment).safeParse(params.json('attachments'));
    if (!parsed.success) throw new OkError(100, 'Invalid parameter attachments');
    return parsed.data;
  }

  /** A token serves once; an id names a photo that was committed. */
  function take(owner: number, given: z.infer<typeof attachment>): Ref {
    if ('id' in given) {
      const photo = store.state.photos.find(({ id }) => String(id) === given.id);
      if (!photo) throw new OkError(100, 'Invalid parameter attachments: unknown photo');
      return { owner_id: photo.owner_id, id: photo.id };
    }
    const upload = store.takeUpload(given.token);
    if (!upload) throw new OkError(100, 'Invalid parameter attachments: unknown token');
    const photo = store.addPhoto(owner, upload);
    return { owner_id: photo.owner_id, id: photo.id };
  }
}
