import type { RegionDefinition } from '../src/registry/region.ts';
import type { StackUser } from './users.ts';

/** Everybody's password in the demo; the local stack listens on the loopback address only. */
export const DEMO_PASSWORD = 'demo';

/** A login of Tasklist and Operate for each official of the region, shown by post. */
export function demoUsers(region: RegionDefinition): StackUser[] {
  return region.officials.map(({ login, post }) => ({
    id: login,
    displayName: post,
    password: DEMO_PASSWORD,
  }));
}
