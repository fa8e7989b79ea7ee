/** A publication («media»), or with `comment` a comment under it. */
export interface InstagramObject {
  media: string;
  comment: string | null;
  /** On somebody else's page, where it names us: other calls read and answer it. */
  elsewhere: boolean;
}

/** `1` for a publication, `1/2` for a comment, with `@` before them when they are elsewhere. */
export function writeId({ media, comment, elsewhere }: InstagramObject): string {
  return `${elsewhere ? '@' : ''}${media}${comment === null ? '' : `/${comment}`}`;
}

/** Reverse of `writeId`; throws Error on anything else. */
export function readId(externalId: string): InstagramObject {
  const match = /^(@?)(\d+)(?:\/(\d+))?$/.exec(externalId);
  if (!match) throw new Error(`not an id of an Instagram publication or comment: ${externalId}`);
  return { media: match[2] ?? '', comment: match[3] ?? null, elsewhere: match[1] === '@' };
}
