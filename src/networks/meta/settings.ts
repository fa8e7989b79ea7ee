import { z } from 'zod';
import { address, attachments, duration, whole, wholeAbove0 } from '../fields.ts';

export const graphId = z.string({ error: 'допустимо: номер в кавычках' }).regex(/^\d+$/, {
  error: 'допустимо: номер в кавычках, только цифры',
});

/** What the sections `facebook` and `instagram` of `networks.yaml` share; the file explains it. */
export const metaFields = {
  enabled: z.boolean(),
  canRead: z.boolean(),
  canReply: z.boolean(),
  apiBase: address,
  apiVersion: z
    .string()
    .regex(/^v\d+\.\d+$/, { error: 'допустимо: версия с буквой v, например v25.0' }),
  permalinkBase: address,
  /** The application that the tokens belong to. */
  appId: graphId,
  textLimit: wholeAbove0,
  attachments,
  pollEvery: duration,
  overlap: duration,
  lookBack: duration,
  commentsFor: duration,
  /** Percent of the allowance from which on nothing is read, so that answers can still go out. */
  pauseReadingAt: whole.min(1).max(100),
};

export type MetaSettings = z.infer<z.ZodObject<typeof metaFields>>;
