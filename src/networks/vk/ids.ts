/** A post, or with `comment` a comment under it. A group's wall has a negative `owner`. */
export interface VkObject {
  owner: number;
  post: number;
  comment: number | null;
}

/** `-1_2` for a post, `-1_2_r3` for a comment, as VK itself writes them. */
export function writeId({ owner, post, comment }: VkObject): string {
  return comment === null ? `${owner}_${post}` : `${owner}_${post}_r${comment}`;
}

/** Reverse of `writeId`; throws Error on anything else. */
export function readId(externalId: string): VkObject {
  const match = /^(-?\d+)_(\d+)(?:_r(\d+))?$/.exec(externalId);
  if (!match) throw new Error(`not an id of a VK post or comment: ${externalId}`);
  return {
    owner: Number(match[1]),
    post: Number(match[2]),
    comment: match[3] === undefined ? null : Number(match[3]),
  };
}

export function permalink(base: string, { owner, post, comment }: VkObject): string {
  const wall = `${base}/wall${owner}_${post}`;
  return comment === null ? wall : `${wall}?reply=${comment}`;
}
