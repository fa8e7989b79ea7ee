import { createSandbox, type Sandbox } from '../sandbox/sandbox.ts';
import type { OkOptions } from '../sandbox/ok/options.ts';
import type { Ref } from '../sandbox/social/types.ts';
import { createOk } from '../src/networks/ok/ok.ts';
import type { OkSettings } from '../src/networks/ok/settings.ts';
import type { Network } from '../src/networks/port.ts';
import { readSecrets } from '../src/networks/secrets.ts';
import { readNetworkSettings } from '../src/networks/settings.ts';

const demo = await readNetworkSettings(
  new URL('../region/smolensk/networks.yaml', import.meta.url).pathname,
  {},
);

export interface OkTokens {
  key: string | null;
  secret: string | null;
  token: string | null;
}

/** Our OK adapter for the network at `url`, with the demo region's settings, without limit of speed. */
export function okAt(url: string, tokens: OkTokens, over: Partial<OkSettings> = {}): Network {
  const settings = { ...demo.ok, apiBase: url, permalinkBase: url, requestsPerSecond: 10_000 };
  const secrets = {
    ...readSecrets({}),
    okApplicationKey: tokens.key,
    okApplicationSecret: tokens.secret,
    okAccessToken: tokens.token,
  };
  return createOk({ ...settings, ...over }, secrets);
}

export interface OkSandbox {
  sandbox: Sandbox;
  ok: Network;
  tokens: OkTokens;
  /** The id under which our adapter knows a topic, or a comment under it. */
  id(post: Ref, comment?: number): string;
  close(): Promise<void>;
}

/** A sandbox of its own with our adapter in front of it. `now` is the network's clock. */
export async function openOk(
  over: Partial<OkSettings> = {},
  { options = {}, now }: { options?: Partial<OkOptions>; now?: () => Date } = {},
): Promise<OkSandbox> {
  const sandbox = await createSandbox({
    port: 0,
    smtpPort: 0,
    ok: { perSecond: null, ...options },
    ...(now && { now }),
  });
  const { applicationKey, applicationSecret, accessToken } = sandbox.ok.options;
  const tokens = { key: applicationKey, secret: applicationSecret, token: accessToken };
  const path = (post: Ref) => sandbox.ok.permalink(post).slice(sandbox.ok.url.length + 1);
  return {
    sandbox,
    ok: okAt(sandbox.ok.url, tokens, over),
    tokens,
    id: (post, comment) =>
      comment === undefined ? path(post) : `${path(post)}/comment/${comment}`,
    close: () => sandbox.close(),
  };
}
