import type { FaultKind } from '../faults.ts';
import type { Ref } from './types.ts';

/** How the site of a network looks and addresses things. Paths begin after the network's own. */
export interface Site {
  /** The path under which the network lives: `vk` is `/vk`. */
  code: string;
  title: string;
  /** What a group's page is called, and the official one's: «Сообщество «…»», «Стена «…»». */
  groupPlace: string;
  officialPlace: string;
  /** The faults as its user knows them, with the network's error numbers. */
  faultNames: Record<FaultKind, string>;
  /** A post; `comment`: the number of one under it. */
  post(ref: Ref, comment?: number): string;
  /** A user (id) or a group (id with a minus). */
  profile(id: number): string;
  /** Express paths of what `post` and `profile` give; parameters are read by `refOf`, `idOf`. */
  routes: { post: string; user: string; group: string };
  refOf(params: Record<string, unknown>): Ref;
}
