import type { Storage } from '../storage.ts';
import type { XOptions } from './options.ts';
import type { Tweet, Upload, User, XState } from './types.ts';

export type XStore = ReturnType<typeof createXStore>;

/** Ids hold the time: milliseconds since this instant, shifted by 22 bits. */
const EPOCH = 1_288_834_974_657n;

/** The least id that a post of this instant can have. */
export function idAt(milliseconds: number): bigint {
  return (BigInt(Math.floor(milliseconds)) - EPOCH) << 22n;
}

/** The network's memory. Every change is saved before the call returns. */
export function createXStore(storage: Storage, options: XOptions, now: () => Date) {
  const empty = (revision: number): XState => ({
    revision,
    users: [options.official],
    tweets: [],
    uploads: [],
    last: '0',
  });
  let state = (storage.load() as XState | null) ?? empty(0);
  state.users = [options.official, ...state.users.filter(({ id }) => id !== options.official.id)];

  /** Always greater than the one before, also within a millisecond. */
  function nextId(): string {
    const byClock = idAt(now().getTime());
    const after = BigInt(state.last) + 1n;
    state.last = String(byClock > after ? byClock : after);
    return state.last;
  }

  /** The post at the head of the page changes with everything under it. */
  function changed(tweet?: Tweet): void {
    state.revision += 1;
    if (tweet) {
      tweet.revision = state.revision;
      const head = store.find(tweet.conversation);
      if (head) head.revision = state.revision;
    }
    storage.save(state);
  }

  const store = {
    get state(): Readonly<XState> {
      return state;
    },
    now: () => now().getTime(),
    nextId,
    save: changed,

    user: (id: string): User | undefined => state.users.find((user) => user.id === id),
    userNamed: (username: string): User | undefined =>
      state.users.find((user) => user.username.toLowerCase() === username.toLowerCase()),

    /** The post with this version, deleted or not. */
    find: (id: string): Tweet | undefined =>
      state.tweets.find((tweet) => tweet.versions.some((version) => version.id === id)),
    /** Posts still there, newest first. */
    tweets: (): Tweet[] =>
      state.tweets
        .filter((tweet) => !tweet.deleted)
        .sort((a, b) => newer(lastOf(a).id, lastOf(b).id)),
    /** Posts that nobody wrote as an answer, newest first. */
    heads: (): Tweet[] => store.tweets().filter((tweet) => tweet.replyTo === null),
    /** What stands under a post, oldest first. */
    answers: (head: Tweet): Tweet[] =>
      store
        .tweets()
        .filter((tweet) => tweet.replyTo !== null && tweet.conversation === idOf(head))
        .sort((a, b) => newer(idOf(b), idOf(a))),

    /** The citizen of that name, made on first mention. */
    citizen(name: string): User {
      const known = state.users.find((user) => user.name === name && user !== options.official);
      if (known) return known;
      const id = nextId();
      const user = { id, name, username: `citizen_${state.users.length}` };
      state.users.push(user);
      return user;
    },

    add(
      input: Pick<Tweet, 'author' | 'replyTo' | 'media' | 'restricted'> & { text: string },
    ): Tweet {
      const id = nextId();
      const { text, ...rest } = input;
      const parent = input.replyTo === null ? undefined : store.find(input.replyTo);
      const tweet: Tweet = {
        ...rest,
        versions: [{ id, text, at: now().getTime() }],
        replyTo: parent ? idOf(parent) : null,
        conversation: parent?.conversation ?? id,
        deleted: false,
        revision: 0,
      };
      state.tweets.push(tweet);
      changed(tweet);
      return tweet;
    },

    edit(tweet: Tweet, text: string): void {
      tweet.versions.push({ id: nextId(), text, at: now().getTime() });
      changed(tweet);
    },

    remove(tweet: Tweet): void {
      tweet.deleted = true;
      changed(tweet);
    },

    addUpload(upload: Upload): void {
      state.uploads.push(upload);
      changed();
    },
    upload: (id: string): Upload | undefined => state.uploads.find((upload) => upload.id === id),

    /** Forgets everything. Revisions go on, so that open pages notice. */
    reset(): void {
      storage.wipe();
      state = empty(state.revision);
      changed();
    },
  };
  return store;
}

/** A post's name: the id of its first version. */
export function idOf(tweet: Tweet): string {
  return tweet.versions[0]?.id ?? '';
}

export function lastOf(tweet: Tweet) {
  const last = tweet.versions.at(-1);
  if (!last) throw new Error('a post without versions');
  return last;
}

/** Order of ids, greatest first. */
function newer(a: string, b: string): number {
  const difference = BigInt(b) - BigInt(a);
  return difference > 0n ? 1 : difference < 0n ? -1 : 0;
}
