import { z } from 'zod';
import { above0, address, attachments, duration, number, whole } from '../fields.ts';

const id = whole.positive({ error: 'допустимо: номер из адреса страницы' });

/** The section `ok` of `networks.yaml`, which explains the fields. */
export const okSettings = z
  .strictObject({
    enabled: z.boolean(),
    canRead: z.boolean(),
    canReply: z.boolean(),
    apiBase: address,
    permalinkBase: address,
    /** What follows a topic's link in the link of a comment under it. */
    commentLink: z
      .string()
      .refine((text) => text.includes('{id}'), { error: 'допустимо: строка, в которой есть {id}' }),
    /** Groups that speak for the region. */
    ownPages: z.array(id).min(1),
    replyAs: id,
    /** Users whose tokens we use: what they write is ours. */
    accounts: z.array(id),
    /** Other groups that are read whole. */
    groups: z.array(id),
    photosBy: z.enum(['token', 'id'], { error: 'допустимо: token или id' }),
    textLimit: whole.positive(above0),
    attachments,
    pollEvery: duration,
    overlap: duration,
    lookBack: duration,
    commentsFor: duration,
    requestsPerSecond: number,
    pauseAfter: z.strictObject({ flood: duration, limit: duration }),
  })
  .refine(({ ownPages, replyAs }) => ownPages.includes(replyAs), {
    path: ['replyAs'],
    error: 'этой группы нет среди ownPages; допустимо: одна из них',
  });

export type OkSettings = z.infer<typeof okSettings>;
