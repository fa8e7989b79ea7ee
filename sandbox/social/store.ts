import type { Storage } from '../storage.ts';
import type { SocialOptions } from './options.ts';
import type {
  Comment,
  Group,
  Photo,
  Post,
  Ref,
  Seconds,
  Upload,
  User,
  SocialState,
} from './types.ts';

/** What happened on a wall; the callback sender listens. */
export type WallEvent =
  | { type: 'wall_post_new'; post: Post }
  | { type: 'wall_reply_new' | 'wall_reply_edit' | 'wall_reply_delete'; comment: Comment };

export type SocialStore = ReturnType<typeof createSocialStore>;

const FIRST_CITIZEN = 700_000_001;

/** The network's memory. Every change is saved before the call returns. */
export function createSocialStore(storage: Storage, options: SocialOptions, now: () => Date) {
  const empty = (revision: number): SocialState => ({
    revision,
    users: [options.admin],
    groups: [options.official, options.city],
    posts: [],
    comments: [],
    photos: [],
    uploads: [],
    last: {},
  });
  let state = (storage.load() as SocialState | null) ?? empty(0);
  state.groups = [options.official, options.city];
  let index = indexOf(state);
  const listeners: ((event: WallEvent) => void)[] = [];

  const same = (a: Ref) => (b: Ref) => a.id === b.id && a.owner_id === b.owner_id;
  const seconds = (): Seconds => Math.floor(now().getTime() / 1000);
  const next = (key: string): number => (state.last[key] = (state.last[key] ?? 0) + 1);

  function changed(post: Post | undefined, event?: WallEvent): void {
    state.revision += 1;
    if (post) post.revision = state.revision;
    storage.save(state);
    if (event) listeners.forEach((listener) => listener(event));
  }

  const store = {
    get state(): Readonly<SocialState> {
      return state;
    },
    listen: (listener: (event: WallEvent) => void) => void listeners.push(listener),
    seconds,

    findPost: (ref: Ref): Post | undefined => index.posts.get(place(ref)),
    findComment: (ref: Ref): Comment | undefined => index.comments.get(place(ref)),
    findCommentByGuid: (guid: string): Comment | undefined => index.commentsByGuid.get(guid),
    findPhoto: (ref: Ref): Photo | undefined => state.photos.find(same(ref)),
    findUser: (id: number): User | undefined => state.users.find((user) => user.id === id),
    findGroup: (id: number): Group | undefined => state.groups.find((group) => group.id === id),

    /** Posts still there, newest first. */
    posts: (): Post[] => state.posts.filter((post) => !post.deleted).sort(newestFirst),
    /** Comments under a post, oldest first, without the deleted ones. */
    comments: (post: Ref): Comment[] =>
      state.comments.filter(
        (c) => c.post_id === post.id && c.owner_id === post.owner_id && !c.deleted,
      ),

    /** The citizen of that name, made on first mention. */
    citizen(name: string): User {
      const [first = 'Житель', ...rest] = name.trim().split(/\s+/).filter(Boolean);
      const last = rest.join(' ');
      const known = state.users.find(
        (user) => user.first_name === first && user.last_name === last && user !== options.admin,
      );
      if (known) return known;
      const id = Math.max(FIRST_CITIZEN - 1, ...state.users.map((user) => user.id)) + 1;
      const user = { id, first_name: first, last_name: last };
      state.users.push(user);
      return user;
    },

    addPost(input: Pick<Post, 'owner_id' | 'from_id' | 'text' | 'photos' | 'comments_closed'>) {
      const base = { date: seconds(), edited: null, deleted: false, revision: 0 };
      const post: Post = { ...input, ...base, id: next(`wall${input.owner_id}`) };
      state.posts.push(post);
      index.posts.set(place(post), post);
      changed(post, { type: 'wall_post_new', post });
      return post;
    },

    addComment(input: Omit<Comment, 'id' | 'date' | 'edited' | 'deleted' | 'parents_stack'>) {
      const { owner_id, reply_to_comment } = input;
      const parent =
        reply_to_comment === null
          ? undefined
          : store.findComment({ owner_id, id: reply_to_comment });
      const comment: Comment = {
        ...input,
        date: seconds(),
        edited: null,
        deleted: false,
        id: next(`wall${owner_id}`),
        parents_stack: parent ? [parent.parents_stack[0] ?? parent.id] : [],
      };
      state.comments.push(comment);
      index.comments.set(place(comment), comment);
      if (comment.guid !== null) index.commentsByGuid.set(comment.guid, comment);
      changed(store.findPost({ owner_id, id: comment.post_id }), {
        type: 'wall_reply_new',
        comment,
      });
      return comment;
    },

    /** Changes the text of a post or a comment. */
    edit(entry: Post | Comment, text: string): void {
      entry.text = text;
      entry.edited = seconds();
      if ('post_id' in entry) {
        changed(store.findPost({ owner_id: entry.owner_id, id: entry.post_id }), {
          type: 'wall_reply_edit',
          comment: entry,
        });
      } else changed(entry);
    },

    remove(entry: Post | Comment): void {
      entry.deleted = true;
      if ('post_id' in entry) {
        changed(store.findPost({ owner_id: entry.owner_id, id: entry.post_id }), {
          type: 'wall_reply_delete',
          comment: entry,
        });
      } else changed(entry);
    },

    addPhoto(owner_id: number, image: { file: string; width: number; height: number }): Photo {
      const { file, width, height } = image;
      const id = 456_239_016 + next(`photo${owner_id}`);
      const photo: Photo = { owner_id, id, file, width, height, date: seconds() };
      state.photos.push(photo);
      changed(undefined);
      return photo;
    },

    addUpload(upload: Upload): void {
      state.uploads.push(upload);
      changed(undefined);
    },
    /** The upload with this hash, taken away: a file is saved once. */
    takeUpload(hash: string): Upload | undefined {
      const upload = state.uploads.find((u) => u.hash === hash);
      state.uploads = state.uploads.filter((u) => u !== upload);
      return upload;
    },

    /** Forgets everything. Revisions go on, so that open pages notice. */
    reset(): void {
      storage.wipe();
      state = empty(state.revision);
      index = indexOf(state);
      changed(undefined);
    },
  };
  return store;
}

const place = ({ owner_id, id }: Ref): string => `${owner_id}_${id}`;

/** What is looked for with each call. */
const indexOf = ({ posts, comments }: SocialState) => ({
  posts: new Map(posts.map((post) => [place(post), post])),
  comments: new Map(comments.map((comment) => [place(comment), comment])),
  commentsByGuid: new Map(
    comments.flatMap((comment) => (comment.guid === null ? [] : [[comment.guid, comment]])),
  ),
});

/** By date, then by place on the wall: a total order, so pages of results have no gaps. */
export function newestFirst(a: Ref & { date: Seconds }, b: Ref & { date: Seconds }): number {
  return b.date - a.date || a.owner_id - b.owner_id || b.id - a.id;
}
