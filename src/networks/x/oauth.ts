import { createHmac, randomBytes } from 'node:crypto';

/** The application's key and the account's token, each with its secret. */
export interface XKeys {
  apiKey: string;
  apiSecret: string;
  accessToken: string;
  accessSecret: string;
}

export interface Signed {
  method: string;
  /** Without query. */
  url: string;
  /** Parameters of the query; bodies of JSON and multipart are not signed. */
  query: Readonly<Record<string, string>>;
}

/**
 * The Authorization header of OAuth 1.0a (RFC 5849, HMAC-SHA1). X takes OAuth 2.0 too, but its tokens
 * are renewed every two hours with a key that works once: these are the same for any number of
 * processes and never expire.
 */
export function authorization(
  { method, url, query }: Signed,
  keys: XKeys,
  nonce = randomBytes(16).toString('hex'),
  timestamp = Math.floor(Date.now() / 1000),
): string {
  const oauth: Record<string, string> = {
    oauth_consumer_key: keys.apiKey,
    oauth_nonce: nonce,
    oauth_signature_method: 'HMAC-SHA1',
    oauth_timestamp: String(timestamp),
    oauth_token: keys.accessToken,
    oauth_version: '1.0',
  };
  const parameters = Object.entries({ ...query, ...oauth })
    .map(([key, value]) => `${encode(key)}=${encode(value)}`)
    .sort()
    .join('&');
  const base = [method, url, parameters].map(encode).join('&');
  const key = `${encode(keys.apiSecret)}&${encode(keys.accessSecret)}`;
  const signature = createHmac('sha1', key).update(base).digest('base64');
  const header = Object.entries({ ...oauth, oauth_signature: signature })
    .map(([name, value]) => `${name}="${encode(value)}"`)
    .join(', ');
  return `OAuth ${header}`;
}

/** Stricter than encodeURIComponent: RFC 3986 leaves only letters, digits and `-._~` as they are. */
export function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
