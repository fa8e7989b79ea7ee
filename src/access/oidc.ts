import * as client from 'openid-client';
import { z } from 'zod';

export interface OidcSettings {
  issuer: string;
  clientId: string;
  /** Null: a public client, which PKCE alone protects. */
  clientSecret: string | null;
  /** The claim that holds the login, `preferred_username` by default. */
  loginClaim: string;
}

/** What must be known at the provider's answer of what was asked of it. */
export const flowSchema = z.object({ state: z.string(), nonce: z.string(), verifier: z.string() });
export type Flow = z.infer<typeof flowSchema>;

/** Sign-in at an OpenID Connect provider: code flow with PKCE, state and nonce. */
export interface Oidc {
  /** Where to send the browser, and what to keep until it comes back. */
  begin: () => Promise<{ url: URL; flow: Flow }>;
  /**
   * The login that the provider vouches for, in lower case, from the address at which the browser came
   * back; null: it gives none.
   * @throws what openid-client throws when the answer is not to our question, or not from the provider.
   */
  finish: (returnedTo: URL, flow: Flow) => Promise<string | null>;
  /** Where the provider's own session is ended; null: it has no such page. */
  signOutUrl: (backTo: string) => Promise<string | null>;
}

const ANSWERS_WITHIN_S = 10;

/** `redirectUri` must be registered with the provider. */
export function createOidc(settings: OidcSettings, redirectUri: string): Oidc {
  const { issuer, clientId, clientSecret, loginClaim } = settings;
  let known: Promise<client.Configuration> | undefined;
  const provider = () => (known ??= discover().catch(forget));
  const forget = (error: unknown): never => {
    known = undefined;
    throw error;
  };
  const discover = () =>
    client.discovery(
      new URL(issuer),
      clientId,
      undefined,
      clientSecret === null ? client.None() : client.ClientSecretBasic(clientSecret),
      {
        timeout: ANSWERS_WITHIN_S,
        // The settings allow http on this machine only.
        execute: issuer.startsWith('http:') ? [client.allowInsecureRequests] : [],
      },
    );
  return {
    begin: async () => {
      const verifier = client.randomPKCECodeVerifier();
      const flow = { state: client.randomState(), nonce: client.randomNonce(), verifier };
      const url = client.buildAuthorizationUrl(await provider(), {
        redirect_uri: redirectUri,
        scope: 'openid profile email',
        state: flow.state,
        nonce: flow.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      });
      return { url, flow };
    },
    finish: async (returnedTo, { state, nonce, verifier }) => {
      const configuration = await provider();
      const tokens = await client.authorizationCodeGrant(configuration, returnedTo, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (claims === undefined) throw new Error('the provider gave no ID token');
      if (claims[loginClaim] !== undefined) return loginIn(claims, loginClaim);
      const more = await client.fetchUserInfo(configuration, tokens.access_token, claims.sub);
      return loginIn(more, loginClaim);
    },
    signOutUrl: async (backTo) => {
      const configuration = await provider();
      if (configuration.serverMetadata().end_session_endpoint === undefined) return null;
      const parameters = { post_logout_redirect_uri: backTo };
      return client.buildEndSessionUrl(configuration, parameters).href;
    },
  };
}

/** A mail address that the provider has not verified says nothing. */
function loginIn(claims: Record<string, unknown>, loginClaim: string): string | null {
  const login = claims[loginClaim];
  const unverified = loginClaim === 'email' && claims['email_verified'] === false;
  return typeof login === 'string' && !unverified ? login.trim().toLowerCase() : null;
}
