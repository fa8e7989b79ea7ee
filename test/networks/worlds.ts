import { facebookWorld, instagramWorld } from './meta.ts';
import { okWorld } from './ok.ts';
import { vkWorld } from './vk.ts';
import type { World } from './world.ts';
import { xWorld } from './x.ts';

/** The five networks, each with a stand-in of its own. */
export const worlds = {
  vk: vkWorld,
  ok: okWorld,
  x: xWorld,
  facebook: facebookWorld,
  instagram: instagramWorld,
} satisfies Record<string, () => Promise<World>>;
