import { z } from 'zod';
import { CallFailed, postForJson } from '../http.ts';
import { readingFailure } from '../network-error.ts';
import { createPace } from '../pace.ts';
import { CredentialsRefused } from '../port.ts';
import { OkError } from './errors.ts';
import type { OkSettings } from './settings.ts';
import { signed, type OkKeys } from './signature.ts';
import { millis } from './time.ts';

const FLOOD = 8;
const LIMIT = 11;

type Params = Record<string, string | number | undefined>;

export interface OkClient {
  /**
   * Calls `method` and returns its answer. Throws CallFailed (no usable answer), OkError (an answer
   * with `error_code`) or CredentialsRefused (no keys); none of them holds a token or a secret.
   */
  call(method: string, params: Params, signal?: AbortSignal): Promise<unknown>;
  /** `call` for reading: what passes by itself becomes TryLater. */
  read<T>(schema: z.ZodType<T>, method: string, params: Params, signal?: AbortSignal): Promise<T>;
  /** Sends a file to an address OK gave for it; throws CallFailed or OkError. */
  upload(url: string, form: FormData, signal?: AbortSignal): Promise<unknown>;
}

const UPLOAD_TIMEOUT_MS = 120_000;

const refusal = z.object({ error_code: z.number(), error_msg: z.string().nullish() });

/** `keys`: a message naming what is missing when there are none. */
export function createOkClient(settings: OkSettings, keys: OkKeys | string): OkClient {
  const pace = createPace(settings.requestsPerSecond);
  const secret = typeof keys === 'string' ? [] : [keys.accessToken, keys.applicationSecret];
  const hide = (text: string) => secret.reduce((shown, each) => shown.replaceAll(each, '…'), text);

  /** The answer, unless it is an error put into words. */
  function answered(method: string, answer: unknown): unknown {
    const refused = refusal.safeParse(answer);
    if (!refused.success) return answer;
    const { error_code: code, error_msg } = refused.data;
    throw new OkError(method, code, hide(error_msg ?? ''), pauseAfter(code));
  }

  function pauseAfter(code: number): number | undefined {
    if (code === FLOOD) return millis(settings.pauseAfter.flood);
    return code === LIMIT ? millis(settings.pauseAfter.limit) : undefined;
  }

  const client: OkClient = {
    async call(method, params, signal) {
      if (typeof keys === 'string') throw new CredentialsRefused(keys);
      await pace(signal).catch(() => {
        throw new CallFailed(`OK ${method}: stopped before it began`, false);
      });
      const body = signed({ ...given(params), method, format: 'json' }, keys);
      return answered(method, await postForJson(`${settings.apiBase}/fb.do`, { body, signal }));
    },

    async read(schema, method, params, signal) {
      try {
        return schema.parse(await client.call(method, params, signal));
      } catch (error) {
        throw readingFailure(`OK ${method}`, error);
      }
    },

    upload: async (url, form, signal) =>
      answered(
        'upload',
        await postForJson(url, { body: form, timeoutMs: UPLOAD_TIMEOUT_MS, signal }),
      ),
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
