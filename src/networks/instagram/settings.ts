import { z } from 'zod';
import { graphId, metaFields } from '../meta/settings.ts';

/** The section `instagram` of `networks.yaml`, which explains the fields. */
export const instagramSettings = z.strictObject({
  ...metaFields,
  /** The professional account that speaks for the region: read, and answered as. */
  account: z.strictObject({
    id: graphId,
    username: z.string().regex(/^[\w.]+$/, { error: 'допустимо: имя без @' }),
  }),
});

export type InstagramSettings = z.infer<typeof instagramSettings>;
