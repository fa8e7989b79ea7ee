/** Unix seconds, as everywhere in VK's API. */
export type Seconds = number;

export interface User {
  id: number;
  first_name: string;
  last_name: string;
}

export interface Group {
  id: number;
  name: string;
  screen_name: string;
}

/** Addresses a post or a comment: the two share one sequence of numbers on a wall, as in VK. */
export interface Ref {
  /** The wall: a user's id, or a group's id with a minus. */
  owner_id: number;
  id: number;
}

export interface Photo extends Ref {
  file: string;
  width: number;
  height: number;
  date: Seconds;
}

interface Entry extends Ref {
  /** The author: a user's id, or a group's id with a minus. */
  from_id: number;
  date: Seconds;
  /** Null: never edited. */
  edited: Seconds | null;
  deleted: boolean;
  text: string;
  photos: Ref[];
}

export interface Post extends Entry {
  comments_closed: boolean;
  /** Revision of the store at which the post or anything under it last changed. */
  revision: number;
}

export interface Comment extends Entry {
  post_id: number;
  /** Null: an answer to the post itself. */
  reply_to_comment: number | null;
  /** Empty, or the top comment of the thread. */
  parents_stack: number[];
  /** What the caller gave to avoid repeats, with the caller's mark before it. */
  guid: string | null;
}

/** A file that came to the upload address and waits for `photos.saveWallPhoto`. */
export interface Upload {
  hash: string;
  file: string;
  width: number;
  height: number;
}

export interface SocialState {
  revision: number;
  users: User[];
  groups: Group[];
  posts: Post[];
  comments: Comment[];
  photos: Photo[];
  uploads: Upload[];
  /** Last number given out: per wall, and `photo` numbers per owner. */
  last: Record<string, number>;
}
