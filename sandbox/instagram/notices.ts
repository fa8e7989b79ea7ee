import type { MetaOptions } from '../meta/options.ts';
import type { MetaStore } from '../meta/store.ts';
import type { Happening } from '../meta/types.ts';
import type { Notice } from '../meta/webhook.ts';

/** What the account's webhook tells: new comments and mentions, never an edit or a deletion. */
export function instagramNotice(
  store: MetaStore,
  { official }: MetaOptions,
  { verb, post, comment }: Happening,
): Notice | null {
  if (verb !== 'add') return null;
  const mentioned = (comment ?? post).text.includes(`@${official.name}`);
  if (post.place === 'elsewhere') {
    if (!mentioned) return null;
    const value = { media_id: post.id, ...(comment && { comment_id: comment.id }) };
    return { field: 'mentions', value };
  }
  if (!comment) return null;
  return {
    field: 'comments',
    value: {
      id: comment.id,
      text: comment.text,
      from: { id: comment.from, username: store.nameOf(comment.from) },
      media: { id: post.id, media_product_type: 'FEED' },
      ...(comment.parent !== null && { parent_id: comment.parent }),
    },
  };
}
