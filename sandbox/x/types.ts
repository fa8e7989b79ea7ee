export interface User {
  id: string;
  name: string;
  /** Without @. */
  username: string;
}

export interface Media {
  /** `3_…`, as X writes it. */
  key: string;
  file: string;
  width: number;
  height: number;
  type: 'photo' | 'animated_gif';
}

export interface Version {
  id: string;
  text: string;
  /** Unix milliseconds. */
  at: number;
}

/** A post; every edit adds a version with an id of its own. */
export interface Tweet {
  /** Oldest first; the first one's id names the post. */
  versions: Version[];
  author: string;
  /** The post it answers; null: none. */
  replyTo: string | null;
  /** The first post of the conversation. */
  conversation: string;
  media: Media[];
  deleted: boolean;
  /** Only those mentioned may answer. */
  restricted: boolean;
  /** Revision of the store at which the conversation last changed. */
  revision: number;
}

/** A file on its way. */
export interface Upload {
  id: string;
  mediaType: string;
  category: string;
  totalBytes: number;
  /** Names of the stored segments by their index. */
  segments: Record<number, string>;
  state: 'open' | 'in_progress' | 'succeeded' | 'failed';
  checksLeft: number;
  media: Media | null;
}

export interface XState {
  revision: number;
  users: User[];
  tweets: Tweet[];
  uploads: Upload[];
  /** The last id given out. */
  last: string;
}
