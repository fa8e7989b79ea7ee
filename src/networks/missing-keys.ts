import type { NetworkCode } from './port.ts';
import type { Secrets } from './secrets.ts';
import type { NetworkSettings } from './settings.ts';

/** What each network needs to be read and answered, by the variable that gives it. */
const needed: Record<NetworkCode, Record<string, (secrets: Secrets) => unknown>> = {
  vk: {
    OTKLIK_VK_USER_TOKEN: ({ vkUserToken }) => vkUserToken,
    OTKLIK_VK_GROUP_TOKEN: ({ vkGroupToken }) => vkGroupToken,
  },
  ok: {
    OTKLIK_OK_APPLICATION_KEY: ({ okApplicationKey }) => okApplicationKey,
    OTKLIK_OK_APPLICATION_SECRET: ({ okApplicationSecret }) => okApplicationSecret,
    OTKLIK_OK_ACCESS_TOKEN: ({ okAccessToken }) => okAccessToken,
  },
  // X's four go together: with one missing none is there.
  x: {
    OTKLIK_X_API_KEY: ({ x }) => x,
    OTKLIK_X_API_SECRET: ({ x }) => x,
    OTKLIK_X_ACCESS_TOKEN: ({ x }) => x,
    OTKLIK_X_ACCESS_SECRET: ({ x }) => x,
  },
  facebook: { OTKLIK_FACEBOOK_TOKEN: ({ facebookToken }) => facebookToken },
  instagram: { OTKLIK_INSTAGRAM_TOKEN: ({ instagramToken }) => instagramToken },
};

/**
 * The variables to set for the networks that are switched on, by network; those that have theirs are
 * left out. Without them a network is not read, and its answers are left to a person.
 */
export function missingKeys(settings: NetworkSettings, secrets: Secrets): Record<string, string[]> {
  const all = Object.entries(needed).map(([code, of]) => {
    const on = settings[code as NetworkCode].enabled;
    const names = Object.entries(of).filter(([, get]) => on && !get(secrets));
    return [code, names.map(([name]) => name)] as const;
  });
  return Object.fromEntries(all.filter(([, names]) => names.length > 0));
}
