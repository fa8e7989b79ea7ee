import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** A key of its own for each purpose, so that what is signed for one means nothing for another. */
export const keyFor = (secret: string, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', purpose, 32));

/** The signature of `text`. */
export const sign = (key: Buffer, text: string): string =>
  createHmac('sha256', key).update(text).digest('base64url');

export function isSigned(key: Buffer, text: string, signature: string): boolean {
  const [a, b] = [Buffer.from(sign(key, text)), Buffer.from(signature)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** `value` as text that nobody else can make; whoever holds it can read it. */
export function seal(key: Buffer, value: unknown): string {
  const text = Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${text}.${sign(key, text)}`;
}

/** What was sealed, null for anything else. */
export function unseal(key: Buffer, sealed: string): unknown {
  const [text = '', signature = ''] = sealed.split('.');
  if (!isSigned(key, text, signature)) return null;
  return JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown;
}
