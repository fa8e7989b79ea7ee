import type { Storage } from '../storage.ts';
import type { MetaOptions } from './options.ts';
import type { Comment, Happening, MetaState, Person, Place, Post, Upload } from './types.ts';

/** How the network numbers its objects; `n` grows with every one. */
export interface Ids {
  person(n: number): string;
  post(place: Place, from: string, n: number): string;
  comment(post: string, n: number): string;
}

export type MetaStore = ReturnType<typeof createMetaStore>;

/** The network's memory. Every change is saved before the call returns. */
export function createMetaStore(deps: {
  storage: Storage;
  options: MetaOptions;
  ids: Ids;
  now: () => Date;
}) {
  const { storage, options, ids, now } = deps;
  const { official } = options;
  const empty = (revision: number): MetaState => ({
    revision,
    last: 1000,
    people: [],
    posts: [],
    comments: [],
    uploads: [],
  });
  const saved = storage.load() as MetaState | null;
  let state = saved ?? empty(0);
  const listeners: ((happening: Happening) => void)[] = [];
  const next = () => (state.last += 1);

  function changed(post: Post | undefined, happening?: Happening): void {
    state.revision += 1;
    if (post) post.revision = state.revision;
    storage.save(state);
    if (happening) listeners.forEach((listener) => listener(happening));
  }

  const base = () => ({ createdAt: now().toISOString(), editedAt: null, deleted: false });

  const store = {
    get state(): Readonly<MetaState> {
      return state;
    },
    listen: (listener: (happening: Happening) => void) => void listeners.push(listener),

    findPost: (id: string): Post | undefined =>
      state.posts.find((post) => post.id === id && !post.deleted),
    /** Gone when its post is. */
    findComment(id: string): Comment | undefined {
      const found = state.comments.find((comment) => comment.id === id && !comment.deleted);
      return found && store.findPost(found.post) ? found : undefined;
    },
    nameOf: (id: string): string =>
      id === official.id
        ? official.name
        : (state.people.find((person) => person.id === id)?.name ?? ''),

    /** Posts still there, newest first. */
    posts: (...places: Place[]): Post[] =>
      state.posts
        .filter((post) => !post.deleted && (places.length === 0 || places.includes(post.place)))
        .toReversed(),
    /** Comments under a post, oldest first, without the deleted ones. */
    comments: (post: string): Comment[] =>
      state.comments.filter(
        (comment) =>
          comment.post === post &&
          !comment.deleted &&
          (comment.parent === null || store.findComment(comment.parent) !== undefined),
      ),

    /** The citizen of that name, made on first mention. */
    citizen(name: string): Person {
      const known = state.people.find((person) => person.name === name);
      if (known) return known;
      const person = { id: ids.person(next()), name };
      state.people.push(person);
      return person;
    },

    addPost(place: Place, from: string, text: string, photos: string[]): Post {
      const id = ids.post(place, from, next());
      const post: Post = { ...base(), id, place, from, text, photos, revision: 0 };
      state.posts.push(post);
      changed(post, { verb: 'add', post, comment: null });
      return post;
    },

    /** `replyTo`: any comment of the thread; an answer to an answer stands beside it. */
    addComment(
      post: Post,
      from: string,
      text: string,
      photos: string[],
      replyTo: Comment | null,
    ): Comment {
      const parent = replyTo === null ? null : (replyTo.parent ?? replyTo.id);
      const id = ids.comment(post.id, next());
      const comment: Comment = { ...base(), id, post: post.id, parent, from, text, photos };
      state.comments.push(comment);
      changed(post, { verb: 'add', post, comment });
      return comment;
    },

    edit(entry: Post | Comment, text: string): void {
      entry.text = text;
      entry.editedAt = now().toISOString();
      tell(entry, 'edited');
    },

    remove(entry: Post | Comment): void {
      entry.deleted = true;
      tell(entry, 'remove');
    },

    addUpload(file: string): Upload {
      const upload = { id: String(next()), file };
      state.uploads.push(upload);
      changed(undefined);
      return upload;
    },
    /** The photo of that number, taken away: it is shown once. */
    takeUpload(id: string): Upload | undefined {
      const upload = state.uploads.find((each) => each.id === id);
      state.uploads = state.uploads.filter((each) => each !== upload);
      return upload;
    },

    /** Begins anew. Revisions go on, so that open pages notice. */
    reset(): void {
      storage.wipe();
      state = empty(state.revision);
      seed();
    },
  };

  function tell(entry: Post | Comment, verb: 'edited' | 'remove'): void {
    const comment = 'post' in entry ? entry : null;
    const post = 'post' in entry ? state.posts.find(({ id }) => id === entry.post) : entry;
    if (post) changed(post, { verb, post, comment });
  }

  function seed(): void {
    store.addPost('own', official.id, options.seed, []);
  }

  if (saved === null) seed();
  return store;
}
