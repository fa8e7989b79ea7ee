import { createHash } from 'node:crypto';

const md5 = (text: string) => createHash('md5').update(text, 'utf8').digest('hex');

/** The keys of an application of OK and the token of the user in whose name it calls. */
export interface OkKeys {
  applicationKey: string;
  applicationSecret: string;
  accessToken: string;
}

/**
 * The parameters of a call with its `sig`, as OK wants them (apiok.ru, «Подпись запросов»): sorted,
 * joined without anything between, signed with the secret that belongs to the token. The token itself
 * goes along unsigned; the secrets never leave.
 */
export function signed(params: Record<string, string>, keys: OkKeys): Record<string, string> {
  const all: Record<string, string> = { ...params, application_key: keys.applicationKey };
  const line = Object.keys(all)
    .sort()
    .map((key) => `${key}=${all[key]}`)
    .join('');
  const sig = md5(line + md5(keys.accessToken + keys.applicationSecret));
  return { ...all, sig, access_token: keys.accessToken };
}
