import type { Group, User } from './types.ts';

/** What every network of the sandbox has, whatever its API looks like. */
export interface SocialOptions {
  /** The group that speaks for the region, and the user who administers it. */
  official: Group;
  admin: User;
  city: Group;
  /** Characters, except `attachments` (a number) and `photoBytes`. */
  limits: { comment: number; post: number; attachments: number; photoBytes: number };
  /** Start of permanent links on the page; null: the sandbox's own address. */
  permalinkBase: string | null;
}
