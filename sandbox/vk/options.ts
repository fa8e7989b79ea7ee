import type { SocialOptions } from '../social/options.ts';

export interface CallbackOptions {
  /** Where VK would send events of the groups below. */
  url: string;
  secret?: string;
  /** The string the receiver must answer to the `confirmation` request. */
  confirmation: string;
  /** Group ids, without minus; default: the official and the city group. */
  groups?: number[];
  /** Milliseconds before each new try of an event that was not answered `ok`. */
  retryMs?: number[];
}

/** The group token belongs to the official community, the user token to its administrator. */
export interface VkOptions extends SocialOptions {
  userToken: string;
  groupToken: string;
  /** 3 calls a second for the user token, 20 for the group token, as in VK. */
  rateLimit: boolean;
  callback: CallbackOptions | null;
}

export const defaultVkOptions: VkOptions = {
  userToken: 'sandbox-user-token',
  groupToken: 'sandbox-group-token',
  official: {
    id: 519001,
    name: 'Правительство Смоленской области',
    screen_name: 'sandbox_smolensk_gov',
  },
  city: { id: 519002, name: 'Смоленск: город и люди', screen_name: 'sandbox_smolensk_city' },
  admin: { id: 519100, first_name: 'Администратор', last_name: 'Сообщества' },
  limits: { comment: 4096, post: 16_000, attachments: 10, photoBytes: 50 * 1024 * 1024 },
  rateLimit: true,
  permalinkBase: null,
  callback: null,
};
