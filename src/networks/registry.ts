import { createFacebook } from './facebook/facebook.ts';
import { createInstagram } from './instagram/instagram.ts';
import { createOk } from './ok/ok.ts';
import type { Network } from './port.ts';
import type { Secrets } from './secrets.ts';
import type { NetworkSettings } from './settings.ts';
import { createVk } from './vk/vk.ts';
import { createX } from './x/x.ts';

export interface Networks {
  /** Throws when the network is switched off. */
  get(code: string): Network;
  /** Undefined: the network is switched off. */
  find(code: string): Network | undefined;
  /** Those that are switched on. */
  all(): Network[];
}

/** The networks of the region that are switched on. */
export function createNetworks(settings: NetworkSettings, secrets: Secrets): Networks {
  const { vk, ok, x, facebook, instagram } = settings;
  return networksOf(
    ...(vk.enabled ? [createVk(vk, secrets)] : []),
    ...(ok.enabled ? [createOk(ok, secrets)] : []),
    ...(x.enabled ? [createX(x, secrets.x)] : []),
    ...(facebook.enabled ? [createFacebook(facebook, secrets)] : []),
    ...(instagram.enabled ? [createInstagram(instagram, secrets)] : []),
  );
}

/** These networks are switched on, and no others. */
export function networksOf(...networks: Network[]): Networks {
  const on = new Map<string, Network>(networks.map((network) => [network.code, network]));
  return {
    get(code) {
      const network = on.get(code);
      if (!network) throw new Error(`network ${code} is switched off`);
      return network;
    },
    find: (code) => on.get(code),
    all: () => [...on.values()],
  };
}
