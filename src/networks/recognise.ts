import { TryLater } from '../errors.ts';
import type { NetworkAddress, NetworkObject } from './port.ts';
import type { Networks } from './registry.ts';
import { warnOf } from './warn.ts';

/**
 * The post or comment to which an address leads, as people paste it: shortened, of the mobile site,
 * with more in its query than it needs. Null: none of a network that is switched on.
 */
export function recognise(networks: Networks, reference: string): NetworkAddress | null {
  const url = readAddress(reference);
  if (url === null) return null;
  for (const network of networks.all()) {
    const object = network.recognise(url);
    if (object) return object;
  }
  return null;
}

/** What came of asking the network for the object behind an address. */
export type Located = NetworkObject | 'unknown' | 'away';

/**
 * The object behind an address that was recognised, asked of its network where the address does not
 * tell. Does not throw for what the network does.
 */
export async function locate(
  networks: Networks,
  address: NetworkAddress,
  reference: string,
  signal: AbortSignal,
): Promise<Located> {
  const { network: code, externalId } = address;
  if (externalId !== null) return { ...address, externalId };
  const url = readAddress(reference);
  const network = networks.find(code);
  if (url === null || !network?.resolve) return 'unknown';
  try {
    return (await network.resolve(url, signal)) ?? 'unknown';
  } catch (error) {
    warnOf(code, error, 'an address was not looked up');
    return error instanceof TryLater ? 'away' : 'unknown';
  }
}

/** With `https://` where people left it out. */
function readAddress(reference: string): URL | null {
  const text = reference.trim();
  const address = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  const url = URL.canParse(address) ? new URL(address) : null;
  return url !== null && /^https?:$/.test(url.protocol) ? url : null;
}
