import { DateTime } from 'luxon';
import { z } from 'zod';
import { Problem } from './problem.ts';

/** The place between two pages: behind the message `id`, whose sorting instant is `at`. */
export interface Cursor {
  sort: string;
  /** As PostgreSQL writes it in UTC, to the microsecond. */
  at: string;
  id: string;
}

const shape = z.tuple([
  z.string(),
  z
    .string()
    .regex(/^2\d{3}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?\+00$/)
    .refine((text) => DateTime.fromSQL(text).isValid),
  z.uuid(),
]);

/** Opaque to its holder. */
export const writeCursor = ({ sort, at, id }: Cursor): string =>
  Buffer.from(JSON.stringify([sort, at, id])).toString('base64url');

/** @throws Problem for what is not a cursor of lists sorted by `sort`. */
export function readCursor(text: string, sort: string): Cursor {
  const parsed = shape.safeParse(json(Buffer.from(text, 'base64url').toString()));
  if (parsed.success && parsed.data[0] === sort) {
    const [, at, id] = parsed.data;
    return { sort, at, id };
  }
  const detail = 'допустимо: next из ответа на такой же запрос';
  throw new Problem('invalid-parameters', 'Исправьте то, что названо в errors.', {
    errors: [{ parameter: 'cursor', detail }],
  });
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
