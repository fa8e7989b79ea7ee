/** A post, or with `comment` a comment under it; both as the Graph API names them. */
export interface FacebookObject {
  post: string;
  comment: string | null;
}

/** `1_2` for a post, `1_2/2_3` for a comment: one cannot be told from the other by itself. */
export function writeId({ post, comment }: FacebookObject): string {
  return comment === null ? post : `${post}/${comment}`;
}

/** Reverse of `writeId`; throws Error on anything else. */
export function readId(externalId: string): FacebookObject {
  if (!isId(externalId)) throw new Error(`not an id of a Facebook post or comment: ${externalId}`);
  const [post = '', comment = null] = externalId.split('/');
  return { post, comment };
}

export function isId(externalId: string): boolean {
  return /^\d+(_\d+)*(\/\d+(_\d+)*)?$/.test(externalId);
}

/** What the Graph API is asked about. */
export function nodeOf(externalId: string): string {
  const { post, comment } = readId(externalId);
  return comment ?? post;
}
