import type { Storage } from '../storage.ts';
import { keepImage } from './image.ts';
import type { SocialOptions } from './options.ts';
import type { SocialStore } from './store.ts';
import type { Comment, Photo, Post, Ref } from './types.ts';

/** What a person did wrong, in Russian, as the page shows it. */
export class CitizenError extends Error {
  override readonly name = 'CitizenError';
}

export const walls = ['city', 'official', 'personal'] as const;
export type Wall = (typeof walls)[number];

export interface PostInput {
  /** The citizen's name; made known on first mention. */
  author?: string;
  text: string;
  /** Default `city`; `personal` is the author's own page. */
  wall?: Wall;
  photos?: Buffer[];
  /** Nobody may comment. */
  commentsClosed?: boolean;
}

export interface CommentInput {
  post: Ref;
  author?: string;
  text: string;
  /** The comment it answers. */
  replyTo?: number;
  photos?: Buffer[];
}

/** What a citizen does in the network. Everything throws CitizenError with a Russian text. */
export function createCitizen(deps: {
  store: SocialStore;
  storage: Storage;
  options: SocialOptions;
}) {
  const { store, storage, options } = deps;

  function checkText(text: string, limit: number, photos: number): void {
    const length = Array.from(text).length;
    if (text.trim() === '' && photos === 0) throw new CitizenError('Напишите текст.');
    if (length > limit) {
      throw new CitizenError(
        `Текст слишком длинный: ${length.toLocaleString('ru-RU')} знаков при допустимых ${limit.toLocaleString('ru-RU')}.`,
      );
    }
  }

  function keepPhotos(owner: number, photos: Buffer[] = []): Photo[] {
    const { attachments } = options.limits;
    if (photos.length > attachments) {
      throw new CitizenError(`Не больше ${attachments} фотографий.`);
    }
    const kept = photos.map((bytes) => {
      const image = keepImage(storage, bytes);
      if (!image) throw new CitizenError('Фотография должна быть в формате JPG, PNG или GIF.');
      return image;
    });
    return kept.map((image) => store.addPhoto(owner, image));
  }

  function author(name = 'Анна Петрова'): number {
    if (name.trim() === '') throw new CitizenError('Укажите имя.');
    if (name.length > 100) throw new CitizenError('Имя слишком длинное.');
    return store.citizen(name).id;
  }

  function livePost(ref: Ref): Post {
    const post = store.findPost(ref);
    if (!post || post.deleted) throw new CitizenError('Такой записи нет: её удалили.');
    return post;
  }

  /** A post or a comment: the two share one sequence of numbers on a wall. */
  function entry(ref: Ref): Post | Comment {
    const found = store.findPost(ref) ?? store.findComment(ref);
    if (!found || found.deleted) throw new CitizenError('Такой записи нет: её удалили.');
    return found;
  }

  const refs = (photos: Photo[]): Ref[] => photos.map(({ owner_id, id }) => ({ owner_id, id }));

  return {
    post(input: PostInput): Post {
      checkText(input.text, options.limits.post, input.photos?.length ?? 0);
      const from_id = author(input.author);
      const owners = {
        city: -options.city.id,
        official: -options.official.id,
        personal: from_id,
      };
      return store.addPost({
        owner_id: owners[input.wall ?? 'city'],
        from_id,
        text: input.text,
        photos: refs(keepPhotos(from_id, input.photos)),
        comments_closed: input.commentsClosed ?? false,
      });
    },

    comment(input: CommentInput): Comment {
      const post = livePost(input.post);
      if (post.comments_closed) throw new CitizenError('Комментарии под этой записью закрыты.');
      checkText(input.text, options.limits.comment, input.photos?.length ?? 0);
      const from_id = author(input.author);
      return store.addComment({
        owner_id: post.owner_id,
        post_id: post.id,
        from_id,
        text: input.text,
        photos: refs(keepPhotos(from_id, input.photos)),
        reply_to_comment: input.replyTo ?? null,
        guid: null,
      });
    },

    /** Changes the text of a post or a comment. */
    edit(ref: Ref, text: string): void {
      const found = entry(ref);
      const { comment, post } = options.limits;
      checkText(text, 'post_id' in found ? comment : post, found.photos.length);
      store.edit(found, text);
    },

    delete: (ref: Ref): void => store.remove(entry(ref)),

    /** Comments under a post that are still there, oldest first. */
    comments: (ref: Ref): Comment[] => store.comments(ref),
  };
}

export type Citizen = ReturnType<typeof createCitizen>;
