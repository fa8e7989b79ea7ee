import { z } from 'zod';

/** Values and texts that the interface's schemas are made of. */

export const STATUSES = [
  'detected',
  'triage',
  'assigned',
  'review',
  'answered',
  'not-relevant',
  'duplicate',
  'closed',
  'withdrawn',
] as const;

export const NETWORKS = ['vk', 'ok', 'facebook', 'instagram', 'x'] as const;

/** An instant in an answer. */
export const time = z.string().meta({ format: 'date-time' });
/** An instant in a request, with any offset. */
export const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

export const iso = (at: Date): string => at.toISOString();
export const isoOrNull = (at: Date | null): string | null => at?.toISOString() ?? null;

/** By which records name agencies, topics and municipalities. */
export const code = z
  .string()
  .max(100)
  .regex(/^[a-z][a-z0-9-]*$/, { error: 'допустимо: строчные латинские буквы, цифры и дефис' });

/** `true` or `false` in an address. */
export const flag = z
  .stringbool({
    truthy: ['true'],
    falsy: ['false'],
    case: 'sensitive',
    error: 'допустимо: true или false',
  })
  .meta({ type: 'boolean' });

/** One value or several of the same parameter. */
export const several = <Item extends z.ZodType>(item: Item) =>
  z.preprocess(
    (given) => (given === undefined || Array.isArray(given) ? given : [given]),
    z.array(item).max(50).optional(),
  );
