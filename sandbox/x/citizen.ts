import type { Storage } from '../storage.ts';
import { CitizenError } from '../social/citizen.ts';
import { keepImage } from '../social/image.ts';
import type { XOptions } from './options.ts';
import { lastOf, type XStore } from './store.ts';
import { weigh } from './text.ts';
import type { Media, Tweet } from './types.ts';

export interface PostInput {
  /** The citizen's name; made known on first mention. */
  author?: string;
  text: string;
  /** The post it answers. */
  replyTo?: string;
  photos?: Buffer[];
  /** Only those mentioned may answer. */
  restricted?: boolean;
}

/** What a citizen does in the network. Everything throws CitizenError with a Russian text. */
export function createCitizen(deps: { store: XStore; storage: Storage; options: XOptions }) {
  const { store, storage, options } = deps;

  function checkText(text: string, photos: number): void {
    if (text.trim() === '' && photos === 0) throw new CitizenError('Напишите текст.');
    const length = weigh(text);
    if (length > options.limits.longText) {
      throw new CitizenError(
        `Текст слишком длинный: ${length.toLocaleString('ru-RU')} знаков при допустимых ${options.limits.longText.toLocaleString('ru-RU')}.`,
      );
    }
  }

  function keep(photos: Buffer[] = []): Media[] {
    const { photos: most } = options.limits;
    if (photos.length > most) throw new CitizenError(`Не больше ${most} фотографий.`);
    return photos.map((bytes) => {
      const image = keepImage(storage, bytes);
      if (!image) throw new CitizenError('Фотография должна быть в формате JPG, PNG или GIF.');
      return { ...image, key: `3_${store.nextId()}`, type: 'photo' };
    });
  }

  function author(name = 'Анна Петрова'): string {
    if (name.trim() === '') throw new CitizenError('Укажите имя.');
    if (name.length > 100) throw new CitizenError('Имя слишком длинное.');
    return store.citizen(name.trim()).id;
  }

  function live(id: string): Tweet {
    const tweet = store.find(id);
    if (!tweet || tweet.deleted) throw new CitizenError('Такой записи нет: её удалили.');
    return tweet;
  }

  return {
    post(input: PostInput): Tweet {
      if (input.replyTo !== undefined) live(input.replyTo);
      checkText(input.text, input.photos?.length ?? 0);
      return store.add({
        author: author(input.author),
        text: input.text,
        replyTo: input.replyTo ?? null,
        media: keep(input.photos),
        restricted: input.restricted ?? false,
      });
    },

    /** A new version of the post, with an id of its own. */
    edit(id: string, text: string): Tweet {
      const tweet = live(id);
      checkText(text, tweet.media.length);
      store.edit(tweet, text);
      return tweet;
    },

    delete: (id: string): void => store.remove(live(id)),

    /** What stands in the conversation of a post, oldest first, without the post itself. */
    answers: (
      id: string,
    ): { id: string; author: string; text: string; replyTo: string | null }[] => {
      const tweet = store.find(id);
      const head = tweet && store.find(tweet.conversation);
      return (head ? store.answers(head) : []).map((each) => ({
        id: each.versions[0]?.id ?? '',
        author: each.author,
        text: lastOf(each).text,
        replyTo: each.replyTo,
      }));
    },
  };
}

export type Citizen = ReturnType<typeof createCitizen>;
