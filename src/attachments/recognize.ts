import { fileTypeFromBuffer } from 'file-type';
import { InputError } from '../errors.ts';
import { endingOf } from './file-name.ts';
import { MEDIA, type Media } from './media.ts';

/** As many bytes of a file as tell what it is. */
export const HEAD_BYTES = 4_100;

/**
 * What a file is by its first bytes; its name must not say anything else.
 * @throws InputError in Russian.
 */
export async function recognize(name: string, head: Buffer): Promise<Media> {
  if (head.length === 0) throw new InputError(`Файл «${name}» пуст: выберите другой.`);
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  const type = found?.mime === 'video/x-m4v' ? 'video/mp4' : found?.mime;
  const media = MEDIA.find((it) => it.type === type);
  if (media === undefined) {
    const what = found ? ` По содержимому это ${found.ext.toUpperCase()}.` : '';
    throw new InputError(`Файл «${name}» — не фотография и не видео.${what} ${ALLOWED}`);
  }
  const ending = endingOf(name);
  if (ending !== null && !media.endings.includes(ending)) {
    throw new InputError(
      `Файл «${name}» по содержимому — ${media.name}, а не то, что сказано в его названии. ` +
        `Выберите исходный файл или дайте ему окончание .${media.endings[0]}.`,
    );
  }
  return media;
}

const ALLOWED = `Принимаются ${MEDIA.map(({ name }) => name).join(', ')}.`;
