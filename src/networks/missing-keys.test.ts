import { expect } from 'chai';
import { missingKeys } from './missing-keys.ts';
import { readSecrets } from './secrets.ts';
import { networkSetup } from './setup.ts';
import { readNetworkSettings } from './settings.ts';

describe('Keys of networks', () => {
  const region = new URL('../../region/smolensk/networks.yaml', import.meta.url).pathname;

  it('are named by network where one that is on has none', async () => {
    const demo = await readNetworkSettings(region, {});
    const some = readSecrets({
      OTKLIK_VK_USER_TOKEN: 'a',
      OTKLIK_VK_GROUP_TOKEN: 'b',
      OTKLIK_OK_APPLICATION_KEY: 'c',
      OTKLIK_OK_APPLICATION_SECRET: 'd',
    });
    expect(missingKeys(demo, some)).to.deep.equal({ ok: ['OTKLIK_OK_ACCESS_TOKEN'] });
    const settings = {
      ...demo,
      facebook: { ...demo.facebook, enabled: true },
      instagram: { ...demo.instagram, enabled: true },
    };
    expect(missingKeys(settings, readSecrets({}))).to.deep.equal({
      vk: ['OTKLIK_VK_USER_TOKEN', 'OTKLIK_VK_GROUP_TOKEN'],
      ok: ['OTKLIK_OK_APPLICATION_KEY', 'OTKLIK_OK_APPLICATION_SECRET', 'OTKLIK_OK_ACCESS_TOKEN'],
      facebook: ['OTKLIK_FACEBOOK_TOKEN'],
      instagram: ['OTKLIK_INSTAGRAM_TOKEN'],
    });
  });

  it('decide, with networks.yaml, which networks are read', async () => {
    const demo = await readNetworkSettings(region, {});
    const settings = {
      ...demo,
      ok: { ...demo.ok, canRead: false },
      facebook: { ...demo.facebook, enabled: true },
    };
    const some = readSecrets({ OTKLIK_VK_USER_TOKEN: 'a', OTKLIK_VK_GROUP_TOKEN: 'b' });
    expect(networkSetup(settings, some)).to.deep.equal({
      vk: 'read',
      ok: 'off',
      facebook: 'no-key',
      instagram: 'off',
      x: 'off',
    });
  });
});
