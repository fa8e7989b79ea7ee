import { z } from 'zod';
import { code } from './code.ts';

/** Posts by level, the highest first. */
export const RANKS = [
  'governor',
  'deputy-governor',
  'head',
  'deputy-head',
  'division-head',
  'specialist',
] as const;

export const ROLES = [
  'executor',
  'curator',
  'department-head',
  'deputy-governor',
  'governor',
] as const;

/** One record of `officials.yaml`: an official by post, never by name. */
export const officialDefinition = z.strictObject({
  login: code,
  post: z.string().min(1),
  rank: z.enum(RANKS),
  role: z.enum(ROLES),
  email: z.email(),
});

export type OfficialDefinition = z.infer<typeof officialDefinition>;
