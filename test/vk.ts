import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { createSandbox, type Sandbox } from '../sandbox/sandbox.ts';
import type { Answer, Network } from '../src/networks/port.ts';
import { createNetworks } from '../src/networks/registry.ts';
import { readSecrets, type Secrets } from '../src/networks/secrets.ts';
import { readNetworkSettings, type VkSettings } from '../src/networks/settings.ts';

const demo = await readNetworkSettings(
  new URL('../region/smolensk/networks.yaml', import.meta.url).pathname,
  {},
);

/** The demo region's VK settings, pointed at `url`, without limits of speed. */
export function vkSettings(url: string, over: Partial<VkSettings> = {}): VkSettings {
  const requestsPerSecond = { user: 10_000, group: 10_000 };
  return { ...demo.vk, apiBase: url, permalinkBase: url, requestsPerSecond, ...over };
}

/** Our VK adapter for the network at `url`. */
export function vkAt(
  url: string,
  tokens: { user: string | null; group: string | null },
  over: Partial<VkSettings> = {},
  other: Partial<Secrets> = {},
): Network {
  const settings = { ...demo, vk: vkSettings(url, over), ok: { ...demo.ok, enabled: false } };
  const own = { vkUserToken: tokens.user, vkGroupToken: tokens.group };
  const secrets = { ...readSecrets({}), ...own, ...other };
  return createNetworks(settings, secrets).get('vk');
}

export interface VkSandbox {
  sandbox: Sandbox;
  vk: Network;
  close(): Promise<void>;
}

/** A sandbox of its own with our adapter in front of it. `now` is the network's clock. */
export async function openVk(
  over: Partial<VkSettings> = {},
  { rateLimit = false, now }: { rateLimit?: boolean; now?: () => Date } = {},
): Promise<VkSandbox> {
  const sandbox = await createSandbox({
    port: 0,
    smtpPort: 0,
    vk: { rateLimit },
    ...(now && { now }),
  });
  const { userToken, groupToken } = sandbox.vk.options;
  const vk = vkAt(sandbox.vk.url, { user: userToken, group: groupToken }, over);
  return { sandbox, vk, close: () => sandbox.close() };
}

/** An address on which nothing listens. */
export async function deadUrl(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return `http://127.0.0.1:${port}`;
}

/** An answer with a key of its own. */
export function anAnswer(over: Partial<Answer> = {}): Answer {
  guids += 1;
  return { text: 'Яма заделана 3 марта.', attachments: [], guid: `answer-${guids}`, ...over };
}

let guids = 0;
