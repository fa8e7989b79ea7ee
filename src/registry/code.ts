import { z } from 'zod';
import { shown } from './check.ts';

/** A short Latin name by which records refer to one another. */
export const code = z.string().regex(/^[a-z][a-z0-9-]*$/, {
  error: ({ input }) =>
    `неверное имя: ${shown(input)}; допустимо: строчные латинские буквы, цифры и дефис, начиная с буквы, например minzdrav`,
});
