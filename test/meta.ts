import type { MetaControl } from '../sandbox/meta/network.ts';
import type { MetaOptions } from '../sandbox/meta/options.ts';
import { createSandbox, type Sandbox } from '../sandbox/sandbox.ts';
import type { FoundPost, Network } from '../src/networks/port.ts';
import { createNetworks } from '../src/networks/registry.ts';
import { readSecrets, type Secrets } from '../src/networks/secrets.ts';
import { readNetworkSettings } from '../src/networks/settings.ts';

export type MetaCode = 'facebook' | 'instagram';

const demo = await readNetworkSettings(
  new URL('../region/smolensk/networks.yaml', import.meta.url).pathname,
  {},
);

/** Tokens and secrets of the sandbox. */
export const sandboxSecrets: Partial<Secrets> = {
  facebookToken: 'sandbox-facebook-token',
  instagramToken: 'sandbox-instagram-token',
  metaAppSecret: 'sandbox-meta-app-secret',
  metaVerifyToken: 'sandbox-verify-token',
};

/** The demo region's Facebook or Instagram, switched on and pointed at `url`. */
export function metaAt(
  code: MetaCode,
  url: string,
  secrets: Partial<Secrets> = sandboxSecrets,
  over: { canRead?: boolean; canReply?: boolean; textLimit?: number } = {},
): Network {
  const on = { enabled: true, apiBase: url, permalinkBase: url, ...over };
  const settings =
    code === 'facebook'
      ? { ...demo, facebook: { ...demo.facebook, ...on } }
      : { ...demo, instagram: { ...demo.instagram, ...on } };
  return createNetworks(settings, { ...readSecrets({}), ...secrets }).get(code);
}

export interface MetaSandbox {
  sandbox: Sandbox;
  /** The stand-in, as tests steer it. */
  there: MetaControl & { url: string };
  network: Network;
  close(): Promise<void>;
}

/** A sandbox of its own with our adapter in front of it. `now` is the network's clock. */
export async function openMeta(
  code: MetaCode,
  { now, ...options }: Partial<MetaOptions> & { now?: () => Date } = {},
): Promise<MetaSandbox> {
  const sandbox = await createSandbox({
    port: 0,
    smtpPort: 0,
    [code]: options,
    ...(now && { now }),
  });
  const there = sandbox[code];
  return {
    sandbox,
    there,
    network: metaAt(code, there.url),
    close: () => sandbox.close(),
  };
}

/** Reads one source to its end; the position is as the database would give it back. */
export async function readSource(network: Network, start: string, position: unknown = null) {
  const source = network.sources([]).find(({ key }) => key.startsWith(start));
  if (!source) throw new Error(`no source ${start}`);
  const found: FoundPost[] = [];
  let last = position;
  for await (const page of source.read(position, new AbortController().signal)) {
    found.push(...page.found);
    last = page.position;
  }
  return { found, position: JSON.parse(JSON.stringify(last)) as unknown };
}
