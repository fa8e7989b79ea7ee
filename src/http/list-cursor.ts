import { z } from 'zod';
import { InputError } from '../errors.ts';

/** Where a page of a list begins: behind the row with this instant (as PostgreSQL writes it) and id. */
export interface ListCursor {
  at: string;
  id: string;
}

const INSTANT = /^\d{4,6}-[\d:.+\- ]{10,40}$/;

/**
 * Reads the cursor of an address, `instant,id`; null: the list begins. `instant` says what may stand
 * there.
 * @throws InputError in Russian.
 */
export function readCursor(after: unknown, instant = INSTANT): ListCursor | null {
  if (after === undefined || after === '') return null;
  const cursor = z.tuple([z.string().regex(instant), z.uuid()]);
  const parsed = cursor.safeParse(typeof after === 'string' ? after.split(',') : []);
  if (!parsed.success) throw new InputError('Неверная страница списка: начните с первой.');
  return { at: parsed.data[0], id: parsed.data[1] };
}
