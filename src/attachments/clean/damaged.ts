import { InputError } from '../../errors.ts';

/** A file that begins as one of its kind and does not go on as one. */
export class Damaged extends InputError {
  constructor() {
    super('Файл повреждён: откройте его в программе для фото или видео и сохраните заново.');
  }
}
