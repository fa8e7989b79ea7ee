import { DateTime } from 'luxon';
import type { SocialStore } from '../social/store.ts';
import type { Comment, Post, Ref } from '../social/types.ts';
import { refOf, topicId } from './ids.ts';

/** Turns what the store keeps into the beans of OK's API. */
export function createView(store: SocialStore, base: () => string) {
  function nameOf(id: number): string {
    if (id < 0) return store.findGroup(-id)?.name ?? '';
    const user = store.findUser(id);
    return user ? `${user.first_name} ${user.last_name}`.trim() : '';
  }

  const pictures = (refs: readonly Ref[]) =>
    refs.map((ref) => store.findPhoto(ref)).filter((photo) => photo !== undefined);

  const photoRef = ({ owner_id, id }: Ref) => `${owner_id < 0 ? 'group_photo' : 'photo'}:${id}`;

  const photo = (ref: Ref & { file: string }) => ({
    id: String(ref.id),
    pic1024x768: `${base()}/photo/${ref.file}`,
  });

  function activity(post: Post): number {
    return 1000 * Math.max(post.date, ...store.comments(post).map(({ date }) => date));
  }

  return {
    nameOf,
    activity,

    topic(post: Post, blocks = Infinity): Record<string, unknown> {
      const media = [
        ...(post.text === '' ? [] : [{ type: 'text', text: post.text }]),
        ...(post.photos.length === 0
          ? []
          : [{ type: 'photo', photo_refs: pictures(post.photos).map(photoRef) }]),
      ];
      return {
        id: topicId(post),
        media: media.slice(0, blocks),
        created_ms: post.date * 1000,
        author_ref: refOf(post.from_id),
        owner_ref: refOf(post.owner_id),
        discussion_summary: { comments_count: store.comments(post).length },
      };
    },

    discussion: (post: Post): Record<string, unknown> => ({
      object_type: post.owner_id < 0 ? 'GROUP_TOPIC' : 'USER_STATUS',
      object_id: topicId(post),
      title: post.text.slice(0, 100),
      total_comments_count: store.comments(post).length,
      last_activity_date_ms: activity(post),
      ref_objects:
        post.owner_id < 0
          ? [{ type: 'GROUP', id: String(-post.owner_id) }]
          : [{ type: 'USER', id: String(post.owner_id) }],
    }),

    comment(comment: Comment): Record<string, unknown> {
      const { from_id, owner_id, reply_to_comment } = comment;
      const replied =
        reply_to_comment === null
          ? undefined
          : store.findComment({ owner_id, id: reply_to_comment });
      return {
        id: String(comment.id),
        type: 'ACTIVE_MESSAGE',
        text: comment.text,
        date: DateTime.fromSeconds(comment.date, { zone: 'Europe/Moscow' }).toFormat(
          'yyyy-MM-dd HH:mm:ss',
        ),
        author_id: String(Math.abs(from_id)),
        author_ref: refOf(from_id),
        author_name: nameOf(from_id),
        ...(replied && {
          reply_to_comment_id: String(replied.id),
          reply_to_id: String(Math.abs(replied.from_id)),
          reply_to_name: nameOf(replied.from_id),
        }),
        ...(comment.photos.length > 0 && {
          attachments: pictures(comment.photos).map((each) => ({ type: 'PHOTO', ...photo(each) })),
        }),
      };
    },

    /** Authors, owners and pictures that the topics refer to. */
    entities(posts: readonly Post[]) {
      const people = [...new Set(posts.flatMap(({ from_id, owner_id }) => [from_id, owner_id]))];
      const named = (id: number) => ({ uid: String(Math.abs(id)), name: nameOf(id) });
      const shown = pictures(posts.flatMap(({ photos }) => photos));
      return {
        users: people.filter((id) => id > 0).map(named),
        groups: people.filter((id) => id < 0).map(named),
        user_photos: shown.filter(({ owner_id }) => owner_id > 0).map(photo),
        group_photos: shown.filter(({ owner_id }) => owner_id < 0).map(photo),
      };
    },
  };
}

export type View = ReturnType<typeof createView>;
