import type { SocialStore } from '../social/store.ts';
import type { Comment, Group, Photo, Post, Ref, User } from '../social/types.ts';

/** Turns what the store keeps into the objects of VK's schema. */
export function createView(store: SocialStore, base: () => string) {
  const likes = { count: 0, user_likes: 0, can_like: 1, can_publish: 1 };

  function photo(stored: Photo) {
    const { id, owner_id, width, height, date, file } = stored;
    const size = { type: 'x', url: `${base()}/photo/${file}`, width, height };
    return {
      id,
      owner_id,
      album_id: -14,
      date,
      text: '',
      has_tags: false,
      sizes: [size],
      orig_photo: { ...size, type: 'base' },
    };
  }

  function attachments(photos: Ref[]) {
    return photos
      .map((ref) => store.findPhoto(ref))
      .filter((found) => found !== undefined)
      .map((found) => ({ type: 'photo', photo: photo(found) }));
  }

  function post(stored: Post) {
    const { id, owner_id, from_id, date, text } = stored;
    const open = stored.comments_closed ? 0 : 1;
    return {
      inner_type: 'wall_wallpost',
      id,
      owner_id,
      from_id,
      date,
      ...(stored.edited !== null && { edited: stored.edited }),
      post_type: 'post',
      text,
      attachments: attachments(stored.photos),
      comments: { count: store.comments(stored).length, can_post: open, groups_can_post: !!open },
      likes,
      reposts: { count: 0, user_reposted: 0 },
      views: { count: 1 },
      post_source: { type: 'vk' },
      marked_as_ads: 0,
      is_favorite: false,
    };
  }

  /** `threadItems`: how many answers to show in the thread; null leaves the thread out. */
  function comment(stored: Comment, threadItems: number | null): Record<string, unknown> {
    const { id, owner_id, post_id, from_id, date, parents_stack, reply_to_comment } = stored;
    const replied =
      reply_to_comment === null ? undefined : store.findComment({ owner_id, id: reply_to_comment });
    const thread = store
      .comments({ owner_id, id: post_id })
      .filter((other) => other.parents_stack[0] === id);
    return {
      id,
      from_id,
      date,
      text: stored.deleted ? '' : stored.text,
      post_id,
      owner_id,
      parents_stack,
      ...(stored.deleted && { deleted: true }),
      ...(replied && { reply_to_user: replied.from_id, reply_to_comment: replied.id }),
      ...(stored.photos.length > 0 &&
        !stored.deleted && { attachments: attachments(stored.photos) }),
      ...(threadItems !== null &&
        parents_stack.length === 0 && {
          thread: {
            count: thread.length,
            items: thread.slice(0, threadItems).map((answer) => comment(answer, null)),
            can_post: true,
            show_reply_button: true,
            groups_can_post: true,
          },
        }),
    };
  }

  /** A comment as `newsfeed.search` shows it among posts: `post_type` is `reply`. */
  function commentAsPost(stored: Comment) {
    const { id, owner_id, from_id, date, text, post_id, parents_stack } = stored;
    return {
      inner_type: 'wall_wallpost',
      id,
      owner_id,
      from_id,
      date,
      post_type: 'reply',
      post_id,
      parents_stack,
      text,
      attachments: attachments(stored.photos),
      likes,
      post_source: { type: 'vk' },
    };
  }

  const user = ({ id, first_name, last_name }: User) => ({
    id,
    first_name,
    last_name,
    can_access_closed: true,
    is_closed: false,
  });

  const group = ({ id, name, screen_name }: Group) => ({
    id,
    name,
    screen_name,
    is_closed: 0,
    type: 'group',
  });

  /** `profiles` and `groups` of everyone named in the items: authors and owners of walls. */
  function people(items: { from_id: number; owner_id: number }[]) {
    const ids = [...new Set(items.flatMap((item) => [item.from_id, item.owner_id]))];
    return {
      profiles: ids
        .map((id) => store.findUser(id))
        .filter((found) => found !== undefined)
        .map(user),
      groups: ids
        .map((id) => store.findGroup(-id))
        .filter((found) => found !== undefined)
        .map(group),
    };
  }

  return { photo, post, comment, commentAsPost, user, group, people };
}

export type View = ReturnType<typeof createView>;
