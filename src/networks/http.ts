/**
 * A call that brought no usable answer. `sent` is false when the request certainly never reached the
 * other side, so that it may be made again; true when it may have been carried out.
 * The message names the host and the reason, never the address's query or the body.
 */
export class CallFailed extends Error {
  override readonly name = 'CallFailed';
  constructor(
    message: string,
    readonly sent: boolean,
    /** Milliseconds the other side asked us to wait; null: it did not say. */
    readonly afterMs: number | null = null,
  ) {
    super(message);
  }
}

export interface CallOptions {
  /** Form fields become urlencoded; a FormData goes as multipart. */
  body: Record<string, string> | FormData;
  timeoutMs?: number | undefined;
  /** Bytes of the answer beyond which it is not read. */
  maxBytes?: number | undefined;
  signal?: AbortSignal | undefined;
}

const TIMEOUT_MS = 20_000;
const MAX_BYTES = 16 * 1024 * 1024;

/** Posts to `url` and returns the JSON of a 200 answer; throws CallFailed for everything else. */
export async function postForJson(url: string, options: CallOptions): Promise<unknown> {
  const { body } = options;
  const answer = await exchange(url, {
    ...options,
    method: 'POST',
    body: body instanceof FormData ? body : new URLSearchParams(body),
  });
  const { host } = new URL(url);
  if (answer.status !== 200) throw statusFailure(host, answer);
  return parse(host, answer.text);
}

export interface ExchangeOptions extends Omit<CallOptions, 'body'> {
  method: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string | URLSearchParams | FormData | undefined;
}

/** An answer of any status. */
export interface Exchanged {
  status: number;
  headers: Headers;
  text: string;
}

/**
 * Makes one call and returns its answer whatever its status; throws CallFailed when none came. It never
 * follows a redirect: the call carries a token meant for this host only.
 */
export async function exchange(url: string, options: ExchangeOptions): Promise<Exchanged> {
  const { host } = new URL(url);
  const { method, headers, body, signal, timeoutMs = TIMEOUT_MS, maxBytes = MAX_BYTES } = options;
  const timeout = AbortSignal.timeout(timeoutMs);
  if (signal?.aborted) throw new CallFailed(`${host}: the call was stopped before it began`, false);
  try {
    const response = await fetch(url, {
      method,
      redirect: 'error',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      ...(headers && { headers }),
      ...(body !== undefined && { body }),
    });
    const text = await readBody(host, response, maxBytes);
    return { status: response.status, headers: response.headers, text };
  } catch (error) {
    if (error instanceof CallFailed) throw error;
    if (timeout.aborted) throw new CallFailed(`${host}: no answer in ${timeoutMs} ms`, true);
    if (signal?.aborted) throw new CallFailed(`${host}: the call was stopped`, true);
    const code = networkCode(error);
    throw new CallFailed(`${host}: ${code ?? 'the connection was cut'}`, !neverSent(error, code));
  }
}

function statusFailure(host: string, answer: Exchanged): CallFailed {
  const seconds = Number(answer.headers.get('retry-after') ?? Number.NaN);
  const limited = answer.status === 429;
  return new CallFailed(
    `${host}: HTTP ${answer.status}`,
    !limited,
    Number.isFinite(seconds) ? seconds * 1000 : limited ? 1000 : null,
  );
}

async function readBody(host: string, response: Response, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += (chunk as Uint8Array).byteLength;
    if (size > maxBytes)
      throw new CallFailed(`${host}: answer longer than ${maxBytes} bytes`, true);
    chunks.push(chunk as Uint8Array);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(host: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new CallFailed(`${host}: the answer is not JSON`, true);
  }
}

/** The system's or undici's code; a host with several addresses fails with one error for each. */
function networkCode(error: unknown): string | null {
  const cause = (error as { cause?: { code?: unknown; errors?: { code?: unknown }[] } }).cause;
  const code = cause?.code ?? cause?.errors?.[0]?.code;
  return typeof code === 'string' ? code : null;
}

/** Only failures before the connection stood: any later one may follow a request that was carried out. */
function neverSent(error: unknown, code: string | null): boolean {
  const cause = (error as { cause?: { syscall?: string; errors?: { syscall?: string }[] } }).cause;
  const calls = (cause?.errors ?? [cause]).map((each) => each?.syscall);
  return (
    calls.every((call) => call === 'connect' || call === 'getaddrinfo') ||
    code === 'UND_ERR_CONNECT_TIMEOUT' ||
    (code !== null && TLS.test(code))
  );
}

/** The other side's certificate was not accepted: the handshake comes before the request. */
const TLS = /^(CERT_|ERR_TLS_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_)/;
