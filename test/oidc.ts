import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { OidcSettings } from '../src/access/oidc.ts';
import type { Visit, Visitor } from './visitor.ts';

/** A real OpenID Connect provider, at which anybody signs in under any name. */
export interface TestProvider {
  settings: OidcSettings;
  /** What it vouches for beside the name, by claim. */
  claims: Record<string, unknown>;
  /** Seconds that its ID tokens are good for; negative: over already. */
  idTokenLife: number;
  /** Signs in as `login`, from the address to which the pages sent; gives the way back. */
  signIn(visitor: Visitor, address: string, login: string): Promise<string>;
  /** Goes away at the form instead; gives the way back. */
  abort(visitor: Visitor, address: string): Promise<string>;
  close(): Promise<void>;
}

/** `redirectUri`: where it sends people back to; it insists on PKCE. */
export async function openProvider(redirectUri: string): Promise<TestProvider> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = { id: 'otklik', secret: 'a secret of: the client' };
  const test: TestProvider = {
    settings: {
      issuer,
      clientId: client.id,
      clientSecret: client.secret,
      loginClaim: 'preferred_username',
    },
    claims: {},
    idTokenLife: 600,
    signIn: (visitor, address, login) =>
      walk(visitor, address, redirectUri, (path) =>
        visitor.submit(path, { login, password: 'any' }),
      ),
    abort: (visitor, address) =>
      walk(visitor, address, redirectUri, (path) => visitor.get(`${path}/abort`)),
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const provider = await quietly(async () => {
    const { default: Provider } = await import('oidc-provider');
    return new Provider(issuer, {
      clients: [
        {
          client_id: client.id,
          client_secret: client.secret,
          redirect_uris: [redirectUri],
          post_logout_redirect_uris: [new URL('/sign-in?out', redirectUri).href],
        },
      ],
      findAccount: (_context, sub) => ({
        accountId: sub,
        claims: () => ({ sub, preferred_username: sub, ...test.claims }),
      }),
      claims: { profile: ['preferred_username'], email: ['email', 'email_verified'] },
      jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig' }] },
      cookies: { keys: ['a key of the test'] },
      pkce: { required: () => true },
      ttl: {
        IdToken: () => test.idTokenLife,
        AccessToken: 600,
        Grant: 600,
        Session: 600,
        Interaction: 600,
      },
      features: {
        devInteractions: { enabled: true },
        rpInitiatedLogout: {
          enabled: true,
          logoutSource: (context, form) => {
            context.body = form;
          },
        },
      },
    });
  });
  const answer = provider.callback();
  server.on('request', (request, response) => void answer(request, response));
  return test;
}

/** Follows the provider's redirects until it sends the browser back, answering each of its forms. */
async function walk(
  visitor: Visitor,
  address: string,
  redirectUri: string,
  answer: (path: string) => Promise<Visit>,
): Promise<string> {
  let at = address;
  for (let step = 0; step < 20; step += 1) {
    if (at.startsWith(redirectUri)) return at;
    const isForm = /^\/interaction\/[^/]+$/.test(new URL(at).pathname);
    const visit = await (isForm ? answer(at) : visitor.get(at));
    if (visit.location === null) throw new Error(`stuck at ${at}: ${visit.status}\n${visit.html}`);
    at = new URL(visit.location, at).href;
  }
  throw new Error(`no way back from ${address}`);
}

/** Without the warnings that this is no provider for production. */
async function quietly<T>(make: () => Promise<T>): Promise<T> {
  const { warn, info } = console;
  console.warn = console.info = () => undefined;
  try {
    return await make();
  } finally {
    Object.assign(console, { warn, info });
  }
}
