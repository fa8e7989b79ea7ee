import type { MetaOptions } from '../meta/options.ts';
import type { Notice } from '../meta/webhook.ts';
import type { MetaStore } from '../meta/store.ts';
import type { Happening } from '../meta/types.ts';

/** What the page's webhook tells: fields `feed` and, of posts elsewhere, `mention`. */
export function facebookNotice(
  store: MetaStore,
  { official }: MetaOptions,
  { verb, post, comment }: Happening,
): Notice | null {
  // A comment elsewhere is told only when it names the page itself.
  if (post.place === 'elsewhere' && comment?.text.includes(official.name) === false) return null;
  const entry = comment ?? post;
  return {
    field: post.place === 'elsewhere' ? 'mention' : 'feed',
    value: {
      from: { id: entry.from, name: store.nameOf(entry.from) },
      item: comment ? 'comment' : post.photos.length > 0 ? 'photo' : 'status',
      verb,
      post_id: post.id,
      ...(comment && { comment_id: comment.id, parent_id: comment.parent ?? post.id }),
      ...(verb !== 'remove' && { message: entry.text }),
      created_time: Math.floor(Date.parse(entry.createdAt) / 1000),
    },
  };
}
