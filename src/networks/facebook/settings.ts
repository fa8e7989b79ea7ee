import { z } from 'zod';
import { graphId, metaFields } from '../meta/settings.ts';

/** The section `facebook` of `networks.yaml`, which explains the fields. */
export const facebookSettings = z.strictObject({
  ...metaFields,
  /** The page that speaks for the region: read, and answered as. */
  page: graphId,
});

export type FacebookSettings = z.infer<typeof facebookSettings>;
