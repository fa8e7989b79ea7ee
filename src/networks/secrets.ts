import { readFileSync, statSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { InputError } from '../errors.ts';
import type { XKeys } from './x/oauth.ts';

/** The variables that hold one token each; the keys of the secrets file are the same names. */
const secretNames = {
  vkUserToken: 'OTKLIK_VK_USER_TOKEN',
  vkGroupToken: 'OTKLIK_VK_GROUP_TOKEN',
  okApplicationKey: 'OTKLIK_OK_APPLICATION_KEY',
  okApplicationSecret: 'OTKLIK_OK_APPLICATION_SECRET',
  okAccessToken: 'OTKLIK_OK_ACCESS_TOKEN',
  vkCallbackSecret: 'OTKLIK_VK_CALLBACK_SECRET',
  vkCallbackConfirmation: 'OTKLIK_VK_CALLBACK_CONFIRMATION',
  facebookToken: 'OTKLIK_FACEBOOK_TOKEN',
  instagramToken: 'OTKLIK_INSTAGRAM_TOKEN',
  metaAppSecret: 'OTKLIK_META_APP_SECRET',
  metaVerifyToken: 'OTKLIK_META_VERIFY_TOKEN',
} as const;

/** Tokens; null: not given. They are kept out of settings, the database and the log. */
export type Secrets = Record<keyof typeof secretNames, string | null> & {
  /** All four or none. */
  x: XKeys | null;
};

const names: string[] = [
  ...Object.values(secretNames),
  'OTKLIK_X_API_KEY',
  'OTKLIK_X_API_SECRET',
  'OTKLIK_X_ACCESS_TOKEN',
  'OTKLIK_X_ACCESS_SECRET',
];
const file = z.record(
  z.string().refine((name) => names.includes(name)),
  z.string().min(1),
);

/**
 * Reads tokens from `env`, and what is not there from the file named by OTKLIK_SECRETS_FILE (YAML or
 * JSON with the same names). Throws InputError when others may read that file or it is not readable
 * as such; the message never quotes its content.
 */
export function readSecrets(env: Record<string, string | undefined> = process.env): Secrets {
  const path = env['OTKLIK_SECRETS_FILE'];
  const stored = path ? readSecretsFile(path) : {};
  const given = (name: string) => env[name] || stored[name] || null;
  const single = Object.entries(secretNames).map(([key, name]) => [key, given(name)]);
  return { ...(Object.fromEntries(single) as Omit<Secrets, 'x'>), x: xKeys(given) };
}

function xKeys(given: (name: string) => string | null): XKeys | null {
  const apiKey = given('OTKLIK_X_API_KEY');
  const apiSecret = given('OTKLIK_X_API_SECRET');
  const accessToken = given('OTKLIK_X_ACCESS_TOKEN');
  const accessSecret = given('OTKLIK_X_ACCESS_SECRET');
  if (!apiKey || !apiSecret || !accessToken || !accessSecret) return null;
  return { apiKey, apiSecret, accessToken, accessSecret };
}

function readSecretsFile(path: string): z.infer<typeof file> {
  const mode = statSync(path, { throwIfNoEntry: false })?.mode;
  if (mode === undefined) throw new InputError(`${path}: файла с ключами нет`);
  if (process.platform !== 'win32' && mode & 0o007) {
    throw new InputError(`${path}: файл с ключами доступен всем; выполните chmod o-rwx ${path}`);
  }
  const parsed = file.safeParse(parseQuietly(path));
  if (parsed.success) return parsed.data;
  throw new InputError(`${path}: ожидаются строки с именами ${names.join(', ')}`);
}

/** The parser's own errors show the faulty line, which may hold a token. */
function parseQuietly(path: string): unknown {
  const text = readFileSync(path, 'utf8');
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}
