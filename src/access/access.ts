import type { Database } from '../db/data-source.ts';
import { createFormTokens, type FormTokens } from './form-tokens.ts';
import { createOidc, type Oidc, type OidcSettings } from './oidc.ts';
import { createSessions, type Sessions } from './sessions.ts';
import { createTries, type Tries } from './tries.ts';

export interface AccessSettings {
  /** Signs forms and sign-ins under way. */
  secret: string;
  /** Where people reach the pages; over https, cookies are sent encrypted only. */
  publicUrl: string;
  /** Null: people sign in with a password of their own account. */
  oidc: OidcSettings | null;
}

/** How people sign in and stay signed in. */
export interface Access {
  sessions: Sessions;
  tries: Tries;
  formTokens: FormTokens;
  oidc: Oidc | null;
  settings: AccessSettings;
  /** The pages are reached over https. */
  secure: boolean;
}

export function createAccess(db: Database, settings: AccessSettings): Access {
  const { secret, publicUrl, oidc } = settings;
  const secure = publicUrl.startsWith('https:');
  const sessions = createSessions(db, secure);
  return {
    sessions,
    tries: createTries(db),
    formTokens: createFormTokens(secret, sessions, secure),
    oidc: oidc && createOidc(oidc, callbackAddress(publicUrl)),
    settings,
    secure,
  };
}

/** Where the provider sends people back to: to be registered with it. */
export const callbackAddress = (publicUrl: string): string => `${publicUrl}/sign-in/callback`;
