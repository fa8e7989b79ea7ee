import { createHmac } from 'node:crypto';
import type { z } from 'zod';
import { TryLater } from '../../errors.ts';
import { CallFailed, exchange } from '../http.ts';
import { readingFailure } from '../network-error.ts';
import { CredentialsRefused } from '../port.ts';
import { MetaError, errorEnvelope } from './errors.ts';
import type { MetaSettings } from './settings.ts';
import { readUsage, type Usage } from './usage.ts';

/** How long reading pauses when the allowance is nearly used up and no time is named. */
const PAUSE_MS = 5 * 60_000;
/** What one batch may hold. */
const AT_ONCE = 50;

export type Params = Record<string, string | number | boolean | undefined>;

/** One GET, of which many go in a batch. */
export interface Query {
  /** `1234/comments`, without a slash before it. */
  path: string;
  params: Params;
}

export interface MetaClient {
  /** Throws CallFailed (no usable answer), MetaError (the envelope) or CredentialsRefused (no token). */
  get(query: Query, signal?: AbortSignal): Promise<unknown>;
  /** As `get`. A FormData goes as multipart. */
  post(path: string, params: Params | FormData, signal?: AbortSignal): Promise<unknown>;
  /** `get` for reading: what passes by itself becomes TryLater, also before the limit is reached. */
  read<T>(schema: z.ZodType<T>, query: Query, signal?: AbortSignal): Promise<T>;
  /** Answers and errors in the order of `queries`, fifty a call; null: no answer to this one. */
  readEach(queries: readonly Query[], signal?: AbortSignal): Promise<unknown[]>;
  /** What `debug_token` says of our token; null without an application's secret. */
  inspectToken(signal?: AbortSignal): Promise<unknown>;
}

/**
 * The Graph API. The token goes in a header or a body, never in an address; every call carries the
 * proof that it comes from the application.
 */
export function createMetaClient(
  name: string,
  settings: MetaSettings,
  token: string | null,
  appSecret: string | null,
): MetaClient {
  const base = `${settings.apiBase}/${settings.apiVersion}`;
  const known = [token, appSecret].filter((each) => each !== null);
  const hide = (text: string) => known.reduce((shown, each) => shown.replaceAll(each, '…'), text);
  let readAgainAt = 0;

  async function call(
    method: 'GET' | 'POST',
    path: string,
    params: Params | FormData,
    signal: AbortSignal | undefined,
    bearer = token,
  ): Promise<unknown> {
    const label = `${name} ${path}`;
    if (bearer === null) throw new CredentialsRefused(`${name}: no token is set`);
    const proof = appSecret === null ? undefined : sign(bearer, appSecret);
    let url = `${base}/${path}`;
    let body: URLSearchParams | FormData | undefined;
    if (params instanceof FormData) {
      if (proof !== undefined) params.set('appsecret_proof', proof);
      body = params;
    } else {
      const fields = new URLSearchParams(given({ ...params, appsecret_proof: proof }));
      if (method === 'GET') url += `?${fields.toString()}`;
      else body = fields;
    }
    const answer = await exchange(url, {
      method,
      headers: { authorization: `Bearer ${bearer}` },
      body,
      signal,
    });
    const usage = readUsage(answer.headers);
    if (usage.percent >= settings.pauseReadingAt || usage.regainMs !== null) {
      readAgainAt = Date.now() + (usage.regainMs ?? PAUSE_MS);
    }
    return unwrapped(label, answer.status, answer.text, usage);
  }

  function unwrapped(label: string, status: number, text: string, usage?: Usage): unknown {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      // HTML of a server in between, most often.
      value = undefined;
    }
    const failure = errorEnvelope.safeParse(value);
    if (failure.success) {
      const { message, ...error } = failure.data.error;
      throw new MetaError(label, { ...error, message: hide(message) }, usage?.regainMs ?? null);
    }
    if (status !== 200) {
      const limited = status === 429;
      throw new CallFailed(`${label}: HTTP ${status}`, !limited, limited ? 60_000 : null);
    }
    if (value === undefined) throw new CallFailed(`${label}: the answer is not JSON`, true);
    return value;
  }

  async function reading<T>(label: string, work: () => Promise<T>): Promise<T> {
    const waitMs = readAgainAt - Date.now();
    if (waitMs > 0) throw new TryLater(`${name}: the allowance is nearly used up`, waitMs);
    try {
      return await work();
    } catch (error) {
      throw readingFailure(`${name} ${label}`, error);
    }
  }

  async function batch(queries: readonly Query[], signal?: AbortSignal, bearer = token) {
    const parts = queries.map(({ path, params }) => ({
      method: 'GET',
      relative_url: `${path}?${new URLSearchParams(given(params)).toString()}`,
    }));
    const params = { batch: JSON.stringify(parts), include_headers: false };
    const answers = await call('POST', '', params, signal, bearer);
    if (!Array.isArray(answers)) throw new CallFailed(`${name}: not the answer to a batch`, true);
    return queries.map(({ path }, index) => {
      const part = answers[index] as { code?: unknown; body?: unknown } | null | undefined;
      if (typeof part?.body !== 'string') return null;
      try {
        return unwrapped(`${name} ${path}`, Number(part.code), part.body);
      } catch (error) {
        return error;
      }
    });
  }

  return {
    get: ({ path, params }, signal) => call('GET', path, params, signal),
    post: (path, params, signal) => call('POST', path, params, signal),
    read: (schema, query, signal) =>
      reading(query.path, async () =>
        schema.parse(await call('GET', query.path, query.params, signal)),
      ),
    async readEach(queries, signal) {
      const answers: unknown[] = [];
      for (let at = 0; at < queries.length; at += AT_ONCE) {
        const some = queries.slice(at, at + AT_ONCE);
        answers.push(...(await reading('batch', () => batch(some, signal))));
      }
      return answers;
    },
    async inspectToken(signal) {
      if (token === null || appSecret === null) return null;
      const query = { path: 'debug_token', params: { input_token: token } };
      const [answer] = await reading('debug_token', () =>
        batch([query], signal, `${settings.appId}|${appSecret}`),
      );
      if (answer instanceof Error) throw readingFailure(`${name} debug_token`, answer);
      return answer;
    },
  };
}

function sign(token: string, appSecret: string): string {
  return createHmac('sha256', appSecret).update(token).digest('hex');
}

function given(params: Params): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, String(value)]],
    ),
  );
}
