import { CitizenError } from '../social/citizen.ts';
import type { MetaOptions } from './options.ts';
import type { MetaStore } from './store.ts';
import { lengthOf } from './text.ts';
import type { Comment, Place, Post } from './types.ts';

/** Where a citizen can write a post. */
export type CitizenPlace = Exclude<Place, 'own'>;

export interface PostInput {
  author?: string;
  text: string;
  place?: CitizenPlace;
  photos?: Buffer[];
}

export interface CommentInput {
  post: string;
  author?: string;
  text: string;
  /** The comment it answers. */
  replyTo?: string;
  photos?: Buffer[];
}

/** How the network differs for those who write there. */
export interface Rules {
  places: readonly CitizenPlace[];
  author: string;
  /** May comments have photos? */
  photosInComments: boolean;
  /** What is wrong with a name, in Russian; null: nothing. */
  wrongName(name: string): string | null;
}

/** What a citizen does in the network. Everything throws CitizenError with a Russian text. */
export function createCitizen(deps: {
  store: MetaStore;
  options: MetaOptions;
  rules: Rules;
  keep: (bytes: Buffer) => string | null;
}) {
  const { store, options, rules, keep } = deps;

  function checkText(text: string, limit: number, photos: number): void {
    const length = lengthOf(text);
    if (text.trim() === '' && photos === 0) throw new CitizenError('Напишите текст.');
    if (length > limit) {
      throw new CitizenError(
        `Текст слишком длинный: ${length.toLocaleString('ru-RU')} знаков при допустимых ${limit.toLocaleString('ru-RU')}.`,
      );
    }
  }

  function keepAll(photos: Buffer[] = []): string[] {
    return photos.map((bytes) => {
      const file = keep(bytes);
      if (!file) throw new CitizenError('Фотография должна быть в формате JPG, PNG или GIF.');
      return file;
    });
  }

  function author(given = rules.author): string {
    const name = given.trim();
    if (name === '') throw new CitizenError('Укажите имя.');
    if (name.length > 100) throw new CitizenError('Имя слишком длинное.');
    const wrong = rules.wrongName(name);
    if (wrong !== null) throw new CitizenError(wrong);
    return store.citizen(name).id;
  }

  function entry(id: string): Post | Comment {
    const found = store.findPost(id) ?? store.findComment(id);
    if (!found) throw new CitizenError('Такой записи нет: её удалили.');
    return found;
  }

  return {
    post(input: PostInput): Post {
      const place = input.place ?? rules.places[0] ?? 'elsewhere';
      checkText(input.text, options.limits.post, input.photos?.length ?? 0);
      return store.addPost(place, author(input.author), input.text, keepAll(input.photos));
    },

    comment(input: CommentInput): Comment {
      const post = store.findPost(input.post);
      if (!post) throw new CitizenError('Такой записи нет: её удалили.');
      const photos = rules.photosInComments ? (input.photos ?? []) : [];
      checkText(input.text, options.limits.comment, photos.length);
      const replyTo = input.replyTo ? store.findComment(input.replyTo) : null;
      if (replyTo === undefined) throw new CitizenError('Такого комментария нет: его удалили.');
      const from = author(input.author);
      return store.addComment(post, from, input.text, keepAll(photos), replyTo);
    },

    /** Changes the text of a post or a comment. */
    edit(id: string, text: string): void {
      const found = entry(id);
      const { comment, post } = options.limits;
      checkText(text, 'post' in found ? comment : post, found.photos.length);
      store.edit(found, text);
    },

    delete: (id: string): void => store.remove(entry(id)),

    /** Publishes as the official page. */
    announce: (text: string): Post => store.addPost('own', options.official.id, text, []),

    /** Posts that are there, newest first. */
    posts: (...places: Place[]): Post[] => store.posts(...places),
    /** Comments under a post that are still there, oldest first. */
    comments: (post: string): Comment[] => store.comments(post),
  };
}

export type MetaCitizen = ReturnType<typeof createCitizen>;
