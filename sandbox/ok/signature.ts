import { createHash } from 'node:crypto';
import type { OkOptions } from './options.ts';

const digest = (text: string) => createHash('md5').update(text).digest('hex');

/**
 * The signature OK expects: all parameters but the session's and `sig` itself, sorted by name and
 * written `name=value` without separators, then MD5(token + application secret), all through MD5.
 */
export function expectedSig(params: Record<string, string>, options: OkOptions): string {
  const names = Object.keys(params).filter(
    (name) => !['sig', 'access_token', 'session_key'].includes(name),
  );
  names.sort();
  const line = names.reduce((text, name) => text + name + '=' + params[name], '');
  return digest(line + digest(options.accessToken + options.applicationSecret));
}
