import { createHmac } from 'node:crypto';
import type { MetaControl } from './network.ts';

/** An answer of the Graph API, as far as tests look at it. */
export interface GraphAnswer {
  status: number;
  headers: Headers;
  body: Record<string, unknown> & {
    id?: string;
    data?: Record<string, unknown>[];
    paging?: { cursors: { after: string }; next?: string };
    error?: { code: number; message: string; error_subcode?: number; is_transient?: boolean };
  };
}

export interface GraphOptions {
  method?: 'GET' | 'POST';
  version?: string;
  token?: string;
  proof?: string;
  body?: FormData;
}

/** Calls the Graph API as a client would: with a token in the header and a proof. */
export async function callGraph(
  there: Pick<MetaControl, 'options'> & { url: string },
  path: string,
  params: Record<string, string> = {},
  options: GraphOptions = {},
): Promise<GraphAnswer> {
  const { method = 'GET', version = 'v25.0', token = there.options.token, body } = options;
  const digest = createHmac('sha256', there.options.appSecret).update(token).digest('hex');
  const { proof = digest } = options;
  const all = new URLSearchParams({ ...params, ...(proof && { appsecret_proof: proof }) });
  const url = `${there.url}/${version}/${path}`;
  const response = await fetch(method === 'GET' || body ? `${url}?${all.toString()}` : url, {
    method,
    headers: token === '' ? {} : { authorization: `Bearer ${token}` },
    ...(method === 'POST' && { body: body ?? all }),
  });
  const json = (await response.json()) as GraphAnswer['body'];
  return { status: response.status, headers: response.headers, body: json };
}
