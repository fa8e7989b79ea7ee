/** Where a post stands: the official page's own, a visitor's on it, or a citizen's elsewhere. */
export type Place = 'own' | 'visitor' | 'elsewhere';

export interface Person {
  id: string;
  /** On Instagram the name of the account. */
  name: string;
}

interface Entry {
  id: string;
  /** The author: a person's id, or that of the official page. */
  from: string;
  /** ISO. */
  createdAt: string;
  /** ISO; null: never edited. */
  editedAt: string | null;
  deleted: boolean;
  text: string;
  /** File names. */
  photos: string[];
}

export interface Post extends Entry {
  place: Place;
  /** Revision of the store at which the post or anything under it last changed. */
  revision: number;
}

export interface Comment extends Entry {
  post: string;
  /** The comment at the top of the thread; null: directly under the post. */
  parent: string | null;
}

/** A photo that was brought and is shown nowhere yet. */
export interface Upload {
  id: string;
  file: string;
}

export interface MetaState {
  revision: number;
  last: number;
  people: Person[];
  posts: Post[];
  comments: Comment[];
  uploads: Upload[];
}

export type Verb = 'add' | 'edited' | 'remove';

/** What happened; the webhook sender listens. */
export interface Happening {
  verb: Verb;
  post: Post;
  /** Null: it happened to the post itself. */
  comment: Comment | null;
}
