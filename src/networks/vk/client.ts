import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { CallFailed, postForJson } from '../http.ts';
import { readingFailure } from '../network-error.ts';
import { createPace } from '../pace.ts';
import { CredentialsRefused } from '../port.ts';
import type { Secrets } from '../secrets.ts';
import type { VkSettings } from '../settings.ts';
import { VkError } from './errors.ts';

/** Other processes share the token's calls a second: a long reading must not start anew for that. */
const HURRIED_TRIES = 4;

type Params = Record<string, string | number | undefined>;

export interface VkClient {
  /**
   * Calls `method` and returns its `response`. Throws CallFailed (no usable answer), VkError (the
   * `error` envelope) or CredentialsRefused (no token); none of them holds a token.
   */
  call(
    token: 'user' | 'group',
    method: string,
    params: Params,
    signal?: AbortSignal,
  ): Promise<unknown>;
  /** `call` with the user token for reading: what passes by itself becomes TryLater. */
  read<T>(schema: z.ZodType<T>, method: string, params: Params, signal?: AbortSignal): Promise<T>;
}

const envelope = z.union([
  z.object({ error: z.object({ error_code: z.number(), error_msg: z.string().default('') }) }),
  z.object({ response: z.unknown() }).refine(({ response }) => response !== undefined),
]);

export function createVkClient(settings: VkSettings, secrets: Secrets): VkClient {
  const tokens = { user: secrets.vkUserToken, group: secrets.vkGroupToken };
  const paces = {
    user: createPace(settings.requestsPerSecond.user),
    group: createPace(settings.requestsPerSecond.group),
  };
  const secret = Object.values(tokens).filter((token) => token !== null);
  const hide = (text: string) =>
    secret.reduce((shown, token) => shown.replaceAll(token, '…'), text);

  const client: VkClient = {
    async call(kind, method, params, signal) {
      const token = tokens[kind];
      if (token === null) throw new CredentialsRefused(`VK: no ${kind} token is set`);
      await paces[kind](signal).catch(() => {
        throw new CallFailed(`VK ${method}: stopped before it began`, false);
      });
      const answer = await postForJson(`${settings.apiBase}/method/${method}`, {
        body: { ...given(params), v: settings.apiVersion, access_token: token },
        signal,
      });
      const parsed = envelope.safeParse(answer);
      if (!parsed.success) throw new CallFailed(`VK ${method}: not an answer of VK`, true);
      if (!('error' in parsed.data)) return parsed.data.response;
      const { error_code, error_msg } = parsed.data.error;
      throw new VkError(method, error_code, hide(error_msg));
    },

    async read(schema, method, params, signal) {
      for (let tried = 1; ; tried += 1) {
        try {
          return schema.parse(await client.call('user', method, params, signal));
        } catch (error) {
          const hurried = error instanceof VkError && error.code === 6 && tried < HURRIED_TRIES;
          if (!hurried) throw readingFailure(`VK ${method}`, error);
          await sleep(error.afterMs ?? 0, undefined, signal && { signal }).catch(() => undefined);
        }
      }
    },
  };
  return client;
}

function given(params: Params): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, String(value)]],
    ),
  );
}
