import { createSandbox, type Sandbox } from '../sandbox/sandbox.ts';
import type { XOptions } from '../sandbox/x/options.ts';
import type { Network } from '../src/networks/port.ts';
import { createNetworks } from '../src/networks/registry.ts';
import { readSecrets } from '../src/networks/secrets.ts';
import { readNetworkSettings } from '../src/networks/settings.ts';
import type { XKeys } from '../src/networks/x/oauth.ts';
import type { XSettings } from '../src/networks/x/settings.ts';

const demo = await readNetworkSettings(
  new URL('../region/smolensk/networks.yaml', import.meta.url).pathname,
  {},
);

/** The demo region's X, switched on and pointed at `url`. */
export function xSettings(url: string, over: Partial<XSettings> = {}): XSettings {
  return { ...(demo.x as XSettings), enabled: true, apiBase: url, permalinkBase: url, ...over };
}

/** Our X adapter for the network at `url`. */
export function xAt(url: string, keys: XKeys | null, over: Partial<XSettings> = {}): Network {
  const settings = { ...demo, x: xSettings(url, over), ok: { ...demo.ok, enabled: false } };
  return createNetworks(settings, { ...readSecrets({}), x: keys }).get('x');
}

export interface XSandbox {
  sandbox: Sandbox;
  x: Network;
  /** The account that answers, with its @. */
  account: string;
  close(): Promise<void>;
}

/** A sandbox of its own with our adapter in front of it; without limits of calls unless asked for. */
export async function openX(
  over: Partial<XSettings> = {},
  options: Partial<XOptions> & { now?: () => Date } = {},
): Promise<XSandbox> {
  const { now, ...given } = options;
  const sandbox = await createSandbox({
    port: 0,
    smtpPort: 0,
    x: { rateLimits: null, ...given },
    ...(now && { now }),
  });
  const { keys, official } = sandbox.x.options;
  const x = xAt(sandbox.x.url, keys, over);
  return { sandbox, x, account: `@${official.username}`, close: () => sandbox.close() };
}
