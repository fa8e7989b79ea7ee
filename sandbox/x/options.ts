import type { User } from './types.ts';

export interface Keys {
  apiKey: string;
  apiSecret: string;
  accessToken: string;
  accessSecret: string;
}

export interface XOptions {
  /** The application's key and the official account's token. */
  keys: Keys;
  /** The account that answers; the token is its own. */
  official: User;
  /**
   * Whom the account may answer: those who mentioned or quoted it, as self-serve contracts have it
   * since February 2026, or anyone, as enterprises.
   */
  replies: 'mentioned' | 'anyone';
  limits: { text: number; longText: number; photos: number; photoBytes: number };
  /** Calls of a window of 15 minutes by endpoint; null: no limits. */
  rateLimits: Record<string, number> | null;
  /** How many times a GIF is still «in progress» before it is ready. */
  processingChecks: number;
  /** Start of permanent links on the page; null: the sandbox's own address (`…/x`). */
  permalinkBase: string | null;
}

export const defaultXOptions: XOptions = {
  keys: {
    apiKey: 'sandbox-x-api-key',
    apiSecret: 'sandbox-x-api-secret',
    accessToken: 'sandbox-x-access-token',
    accessSecret: 'sandbox-x-access-secret',
  },
  official: {
    id: '1520190330519001',
    name: 'Правительство Смоленской области',
    username: 'sandbox_smolgov',
  },
  replies: 'mentioned',
  limits: { text: 280, longText: 25_000, photos: 4, photoBytes: 5 * 1024 * 1024 },
  rateLimits: {
    'GET /2/tweets': 900,
    'GET /2/tweets/search/recent': 300,
    'GET /2/users/:id/mentions': 300,
    'GET /2/users/:id/tweets': 900,
    'POST /2/tweets': 100,
  },
  processingChecks: 1,
  permalinkBase: null,
};
