import { missingKeys } from './missing-keys.ts';
import type { NetworkCode } from './port.ts';
import type { Secrets } from './secrets.ts';
import type { NetworkSettings } from './settings.ts';

/** Whether each network is to be read: `off` by `networks.yaml`, `no-key` while a key is not set. */
export type NetworkSetup = Record<NetworkCode, 'read' | 'off' | 'no-key'>;

/** In the order of `networks.yaml`. What the administrator switches off on the page is not in it. */
export function networkSetup(settings: NetworkSettings, secrets: Secrets): NetworkSetup {
  const missing = missingKeys(settings, secrets);
  const all = Object.entries(settings).map(([code, { enabled, canRead }]) => {
    if (!enabled || !canRead) return [code, 'off'];
    return [code, code in missing ? 'no-key' : 'read'];
  });
  return Object.fromEntries(all) as NetworkSetup;
}
