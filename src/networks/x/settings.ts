import { z } from 'zod';
import { above0, address, attachments, duration, whole } from '../fields.ts';

const xOn = z.strictObject({
  enabled: z.literal(true),
  canRead: z.boolean(),
  canReply: z.boolean(),
  apiBase: address,
  /** Where permanent links begin. */
  permalinkBase: address,
  /** The account that speaks for the region; the keys are its own. */
  account: z.strictObject({
    id: z.string().regex(/^\d+$/, { error: "допустимо: номер аккаунта в кавычках, например '25'" }),
    name: z.string().regex(/^\w{1,20}$/, { error: 'допустимо: имя аккаунта без @' }),
  }),
  /** As X weighs texts. */
  textLimit: whole.positive(above0),
  attachments,
  /** Characters of a search query. */
  queryLimit: whole.min(100, { error: 'допустимо: 100 или больше' }),
  pollEvery: duration,
  overlap: duration,
  lookBack: duration,
});

/** While X is switched off its other settings may be left out; those given are checked. */
const xOff = xOn.partial().extend({ enabled: z.literal(false) });

export const xSettings = z.discriminatedUnion('enabled', [xOn, xOff], {
  error: 'допустимо: true или false',
});

/** Settings of X that is switched on. */
export type XSettings = z.infer<typeof xOn>;
