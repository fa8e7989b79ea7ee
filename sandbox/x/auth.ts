import { createHmac } from 'node:crypto';
import type { Request } from 'express';
import { unauthorized } from './errors.ts';
import type { Keys } from './options.ts';

/** Seconds by which a request's clock may differ. */
const SKEW = 300;

/** Checks OAuth 1.0a (RFC 5849, HMAC-SHA1) of the account; XError 401 for anything wrong. */
export function checkSignature(req: Request, keys: Keys): void {
  const header = req.headers.authorization ?? '';
  if (!header.startsWith('OAuth ')) throw unauthorized();
  const given = Object.fromEntries(
    [...header.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = '', value = '']) => [
      key,
      decodeURIComponent(value),
    ]),
  );
  const { oauth_signature, ...oauth } = given;
  const url = new URL(req.originalUrl, `http://${req.headers.host}`);
  const base = [
    req.method,
    `${url.origin}${url.pathname}`,
    [...url.searchParams, ...Object.entries(oauth)]
      .map(([key, value]) => `${percent(key)}=${percent(value)}`)
      .sort()
      .join('&'),
  ];
  const key = `${percent(keys.apiSecret)}&${percent(keys.accessSecret)}`;
  const signature = createHmac('sha1', key).update(base.map(percent).join('&')).digest('base64');
  const late = Math.abs(Number(oauth['oauth_timestamp']) - Date.now() / 1000) > SKEW;
  const right =
    oauth['oauth_consumer_key'] === keys.apiKey &&
    oauth['oauth_token'] === keys.accessToken &&
    oauth['oauth_signature_method'] === 'HMAC-SHA1' &&
    Boolean(oauth['oauth_nonce']) &&
    signature === oauth_signature;
  if (!right || late) throw unauthorized();
}

/** RFC 3986, section 2.1. */
function percent(text: string): string {
  return Array.from(Buffer.from(text, 'utf8'), (byte) =>
    /[\w.~-]/.test(String.fromCharCode(byte))
      ? String.fromCharCode(byte)
      : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
  ).join('');
}
