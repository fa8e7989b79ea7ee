import { z } from 'zod';
import { TryLater } from '../../errors.ts';
import { CallFailed, exchange } from '../http.ts';
import { CredentialsRefused } from '../port.ts';
import { createAllowance } from './allowance.ts';
import { XError } from './errors.ts';
import { authorization, type XKeys } from './oauth.ts';
import type { XSettings } from './settings.ts';

/** A limit that came without the instant of its end: X's usual window. */
const WINDOW_MS = 15 * 60_000;

export interface XCall {
  /** `GET /2/tweets`; `{id}` stands for `id`: limits count by endpoint. */
  endpoint: `${'GET' | 'POST'} /${string}`;
  id?: string;
  query?: Record<string, string | number | undefined>;
  /** An object goes as JSON, a FormData as multipart. */
  body?: object | FormData;
  timeoutMs?: number;
}

export interface XClient {
  /**
   * Makes the call and returns the JSON of a success. Throws CallFailed (no usable answer), XError (an
   * error in X's words) or CredentialsRefused (no keys); none of them holds a key.
   */
  call(call: XCall, signal?: AbortSignal): Promise<unknown>;
  /** `call` for reading: what passes by itself becomes TryLater. */
  read<T>(schema: z.ZodType<T>, call: XCall, signal?: AbortSignal): Promise<T>;
}

/** Problems come as one (RFC 7807), as a list, or as a list of the older kind. */
const problem = z.object({ detail: z.string().optional(), message: z.string().optional() });
const problems = problem.extend({
  title: z.string().optional(),
  errors: z.array(problem).default([]),
});

export function createXClient(settings: XSettings, keys: XKeys | null): XClient {
  const allowance = createAllowance();
  const secret = keys ? [keys.apiKey, keys.apiSecret, keys.accessToken, keys.accessSecret] : [];
  const hide = (text: string) => secret.reduce((shown, key) => shown.replaceAll(key, '…'), text);

  const client: XClient = {
    async call({ endpoint, id = '', query, body, timeoutMs }, signal) {
      if (keys === null) throw new CredentialsRefused('X: no keys are set');
      const wait = allowance.waitMs(endpoint);
      if (wait > 0) throw new XError(endpoint, 429, 'no calls are left', wait);
      const [method, path] = endpoint.split(' ') as ['GET' | 'POST', string];
      const url = settings.apiBase + path.replace('{id}', id);
      const given = givenOf(query);
      const answer = await exchange(withQuery(url, given), {
        method,
        headers: {
          authorization: authorization({ method, url, query: given }, keys),
          ...(body !== undefined &&
            !(body instanceof FormData) && { 'content-type': 'application/json' }),
        },
        body: body === undefined || body instanceof FormData ? body : JSON.stringify(body),
        timeoutMs,
        signal,
      });
      const renewedIn = allowance.note(endpoint, answer.headers);
      if (answer.status >= 200 && answer.status < 300) return parse(endpoint, answer.text);
      const afterMs = answer.status === 429 ? (renewedIn ?? WINDOW_MS) : null;
      throw new XError(endpoint, answer.status, hide(describe(answer.text)), afterMs);
    },

    async read(schema, call, signal) {
      try {
        return schema.parse(await client.call(call, signal));
      } catch (error) {
        throw asReadingFailure(call.endpoint, error);
      }
    },
  };
  return client;
}

function givenOf(query: XCall['query'] = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(query).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, String(value)]],
    ),
  );
}

function withQuery(url: string, query: Record<string, string>): string {
  const text = new URLSearchParams(query).toString();
  return text === '' ? url : `${url}?${text}`;
}

function parse(endpoint: string, text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    throw new CallFailed(`X ${endpoint}: the answer is not JSON`, true);
  }
}

/** The problem in X's words; empty when the answer is not X's, such as a proxy's page. */
function describe(text: string): string {
  try {
    const { detail, message, title, errors } = problems.parse(JSON.parse(text));
    const all = [detail ?? message ?? title, ...errors.map((each) => each.detail ?? each.message)];
    return [...new Set(all.filter((each) => each !== undefined))].join(' ');
  } catch {
    return '';
  }
}

function asReadingFailure(endpoint: string, error: unknown): unknown {
  if (error instanceof CallFailed) return new TryLater(error.message, error.afterMs);
  if (error instanceof z.ZodError) {
    return new Error(`X ${endpoint}: unexpected answer: ${z.prettifyError(error)}`);
  }
  if (!(error instanceof XError)) return error;
  if (error.kind === 'rate' || error.kind === 'transient') {
    return new TryLater(error.message, error.afterMs);
  }
  return error.kind === 'credentials' ? new CredentialsRefused(error.message) : error;
}
