import { z } from 'zod';
import { networkNames } from '../procedure/card.ts';
import { code } from './code.ts';

/** Characters of a template: an answer of a network that takes little, with room. */
export const LONGEST_TEMPLATE = 2_000;
export const LONGEST_TITLE = 120;

/** One record of `templates.yaml`: a template of an answer to begin with (order, item 2). */
export const templateDefinition = z.strictObject({
  code,
  title: z.string().min(1).max(LONGEST_TITLE),
  topic: code.optional(),
  network: z.enum(Object.keys(networkNames)).optional(),
  text: z.string().trim().min(1).max(LONGEST_TEMPLATE),
});

export type TemplateDefinition = z.infer<typeof templateDefinition>;
