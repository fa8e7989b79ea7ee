import { createHash } from 'node:crypto';
import { createSandbox, type Sandbox, type SandboxOptions } from './sandbox.ts';
import type { Ref } from './social/types.ts';

export type { Sandbox } from './sandbox.ts';

/** Help for tests of the sandbox itself: starting, calling, and leaving nothing behind. */
const running: Sandbox[] = [];

/** A sandbox in memory on free ports, without limits of rate unless asked for. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const vk = { rateLimit: false, ...options.vk };
  const ok = { perSecond: null, ...options.ok };
  const sandbox = await createSandbox({ port: 0, smtpPort: 0, ...options, vk, ok });
  running.push(sandbox);
  return sandbox;
}

export async function stopSandboxes(): Promise<void> {
  await Promise.all(running.splice(0).map((sandbox) => sandbox.close()));
}

/** A post or a comment, as far as tests look at it. */
export interface Item extends Ref {
  from_id: number;
  text: string;
  edited?: number;
  attachments: { type: string; photo: Ref & { sizes: { url: string; width: number }[] } }[];
  thread: { count: number; items: Item[] };
}

/** What some method or other answers; tests look only at what their method gives. */
export interface Reply {
  items: Item[];
  count: number;
  next_from?: string;
  profiles: { first_name: string }[];
  groups: { name: string }[];
  comment_id: number;
  parents_stack: number[];
  upload_url: string;
}

export interface VkAnswer<R = Reply> {
  /** Missing when there is an error. */
  response: R;
  error?: {
    error_code: number;
    error_msg: string;
    request_params: { key: string; value: string }[];
    captcha_sid?: string;
    captcha_img?: string;
  };
}

export type VkParams = Record<string, string | number>;

/** Calls a VK method as a client would: POST, urlencoded, a user token and `v` unless given. */
export async function callVk<R = Reply>(
  sandbox: Sandbox,
  method: string,
  params: VkParams = {},
): Promise<VkAnswer<R>> {
  const all = { access_token: 'sandbox-user-token', v: '5.199', ...params };
  const body = new URLSearchParams(
    Object.entries(all).map(([key, value]) => [key, String(value)] as [string, string]),
  );
  const response = await fetch(`${sandbox.vk.url}/method/${method}`, { method: 'POST', body });
  if (response.status !== 200) throw new Error(`HTTP ${response.status}`);
  return (await response.json()) as VkAnswer<R>;
}

export const asGroup = { access_token: 'sandbox-group-token' };

/** The smallest PNG: one pixel. */
export const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** Waits until `check` gives something; fails after five seconds with what it waited for. */
export async function until<T>(what: string, check: () => T | undefined | false): Promise<T> {
  const end = performance.now() + 5000;
  for (;;) {
    const found = check();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > end) throw new Error(`still waiting for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

export type OkParams = Record<string, string | number | undefined>;

/** What some method of OK or other answers; tests look only at what their method gives. */
export interface OkAnswer {
  error_code?: number;
  error_msg?: string;
  anchor?: string;
  has_more?: boolean;
  discussions: Record<string, unknown>[];
  comments: Record<string, unknown>[];
  comment: Record<string, unknown>;
  media_topics: Record<string, unknown>[];
  entities: Record<string, Record<string, unknown>[]>;
  upload_url: string;
  photo_ids: string[];
  photos: Record<string, unknown>[] & Record<string, { token: string }>;
}

const md5 = (text: string) => createHash('md5').update(text).digest('hex');

/**
 * Calls a method of OK as a client would, signed with the sandbox's keys; what `params` give wins, an
 * undefined one is left out.
 */
export async function callOk(
  sandbox: Sandbox,
  method: string,
  params: OkParams = {},
  path = '/fb.do',
): Promise<OkAnswer> {
  const { applicationKey, applicationSecret, accessToken } = sandbox.ok.options;
  const all = { application_key: applicationKey, format: 'json', method, ...params };
  const given = Object.entries(all).filter(([, value]) => value !== undefined);
  const line = given
    .filter(([name]) => name !== 'access_token' && name !== 'sig')
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('');
  const body = new URLSearchParams({
    sig: md5(line + md5(accessToken + applicationSecret)),
    access_token: accessToken,
    ...Object.fromEntries(given.map(([name, value]) => [name, String(value)])),
  });
  const response = await fetch(`${sandbox.ok.url}${path}`, { method: 'POST', body });
  if (response.status !== 200) throw new Error(`HTTP ${response.status}`);
  return (await response.json()) as OkAnswer;
}
