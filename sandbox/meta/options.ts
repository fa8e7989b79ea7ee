export interface CallbackOptions {
  /** Where webhooks are sent. */
  url: string;
  verifyToken: string;
  /** Milliseconds before each new try of a notice that was not answered with 200. */
  retryMs?: number[];
}

/** What Facebook's and Instagram's stand-ins have in common. */
export interface MetaOptions {
  /** The token of the official page or account. */
  token: string;
  appId: string;
  appSecret: string;
  /** Does every call need a proof of the application, as the application may require? */
  proof: boolean;
  /** The page or account that answers; `name` is Instagram's user name. */
  official: { id: string; name: string; title: string };
  /** Characters of a comment and of a post, bytes of a photo. */
  limits: { comment: number; post: number; photoBytes: number };
  /** Unix seconds; 0: never. */
  tokenExpiresAt: number;
  dataAccessExpiresAt: number;
  /** Start of permanent links; null: the sandbox's own address. */
  permalinkBase: string | null;
  callback: CallbackOptions | null;
  /** What the official page has published from the start. */
  seed: string;
}

export const sharedOptions = {
  appId: '519000',
  appSecret: 'sandbox-meta-app-secret',
  proof: true,
  tokenExpiresAt: 0,
  dataAccessExpiresAt: 0,
  permalinkBase: null,
  callback: null,
};
