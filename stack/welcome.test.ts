import { expect } from 'chai';
import { readConfig } from '../src/config.ts';
import { regionIn } from '../src/registry/load.ts';
import type { RegionDefinition } from '../src/registry/region.ts';
import { DEMO_PASSWORD, demoUsers } from './demo-users.ts';
import { welcome } from './welcome.ts';

const config = readConfig({
  DATABASE_URL: 'postgresql://otklik:hidden@localhost:5999/otklik',
  OTKLIK_LINK_SECRET: 'hidden, as it should be',
  OTKLIK_TASKLIST_URL: 'http://localhost:8088/',
});

describe('The welcome', () => {
  let region: RegionDefinition;
  before(async () => {
    region = await regionIn('region/smolensk');
  });

  it('tells where everything is and who one can be', () => {
    const text = welcome(config, region, 'http://localhost:3100', DEMO_PASSWORD);
    for (const address of ['8088/tasklist', '8088/operate', '3000/health/ready', '3100/mail']) {
      expect(text).to.contain(`http://localhost:${address}`);
    }
    for (const { login } of region.officials) expect(text).to.match(new RegExp(`\\b${login}\\b`));
    expect(text).not.to.contain('hidden');
  });

  it('names no login of somebody else’s engine and no sandbox that is not there', () => {
    const text = welcome(config, region, null, null);
    expect(text).not.to.contain('Песочница');
    expect(text).not.to.contain('Пароль').and.not.to.contain('С чего начать');
  });

  it('has a login for every official', () => {
    const users = demoUsers(region);
    expect(users.map(({ id }) => id)).to.deep.equal(region.officials.map(({ login }) => login));
    expect(new Set(users.map(({ id }) => id)).size).to.equal(users.length);
    expect(users.every(({ password }) => password === DEMO_PASSWORD)).to.be.true;
  });
});
