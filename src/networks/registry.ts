import { createFacebook } from './facebook/facebook.ts';
import { createInstagram } from './instagram/instagram.ts';
import { createOk } from './ok/ok.ts';
import type { Network, NetworkCode } from './port.ts';
import type { Secrets } from './secrets.ts';
import type { NetworkSettings } from './settings.ts';
import { createVk } from './vk/vk.ts';
import { createX } from './x/x.ts';

export interface Networks {
  /** Throws when the network is switched off or has no adapter. */
  get(code: string): Network;
  /** Those that are switched on. */
  all(): Network[];
}

/** The networks of the region that are switched on. */
export function createNetworks(settings: NetworkSettings, secrets: Secrets): Networks {
  const on = new Map<string, Network>();
  if (settings.vk.enabled) on.set('vk' satisfies NetworkCode, createVk(settings.vk, secrets));
  if (settings.ok.enabled) on.set('ok' satisfies NetworkCode, createOk(settings.ok, secrets));
  if (settings.x.enabled) on.set('x' satisfies NetworkCode, createX(settings.x, secrets.x));
  if (settings.facebook.enabled) {
    on.set('facebook' satisfies NetworkCode, createFacebook(settings.facebook, secrets));
  }
  if (settings.instagram.enabled) {
    on.set('instagram' satisfies NetworkCode, createInstagram(settings.instagram, secrets));
  }
  return {
    get(code) {
      const network = on.get(code);
      if (!network) throw new Error(`network ${code} is switched off`);
      return network;
    },
    all: () => [...on.values()],
  };
}
