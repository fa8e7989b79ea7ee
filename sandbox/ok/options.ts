import type { SocialOptions } from '../social/options.ts';

/** Rights that a user gives an application (apiok.ru, «Права приложений»). */
export type Scope = 'VALUABLE_ACCESS' | 'GROUP_CONTENT' | 'PHOTO_CONTENT';

/** The token belongs to the official group's administrator, who is a member of the city's too. */
export interface OkOptions extends SocialOptions {
  applicationKey: string;
  applicationSecret: string;
  accessToken: string;
  scopes: Scope[];
  /** Calls a second before error 11; null: no limit. OK's own limits are not published. */
  perSecond: number | null;
}

export const defaultOkOptions: OkOptions = {
  applicationKey: 'CSANDBOXKEY',
  applicationSecret: 'sandbox-application-secret',
  accessToken: 'sandbox-access-token',
  scopes: ['VALUABLE_ACCESS', 'GROUP_CONTENT', 'PHOTO_CONTENT'],
  perSecond: 10,
  official: {
    id: 519001,
    name: 'Правительство Смоленской области',
    screen_name: 'sandbox.smolensk.gov',
  },
  city: { id: 519002, name: 'Смоленск и смоляне', screen_name: 'sandbox.smolensk.city' },
  admin: { id: 519100, first_name: 'Пресс-служба', last_name: 'Правительства области' },
  limits: { comment: 4096, post: 16_000, attachments: 10, photoBytes: 10 * 1024 * 1024 },
  permalinkBase: null,
};
