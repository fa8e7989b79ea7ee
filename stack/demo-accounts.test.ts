import { expect } from 'chai';
import { openPages, type Pages } from '../test/pages.ts';
import { openStage, type Stage } from '../test/stage.ts';
import { newVisitor } from '../test/visitor.ts';
import { createAccount } from '../src/access/accounts.ts';
import { startApplication } from '../src/application.ts';
import { readConfig } from '../src/config.ts';
import { AccountEntity } from '../src/db/entities/account.ts';
import { log } from '../src/log.ts';
import { regionIn } from '../src/registry/load.ts';
import type { RegionDefinition } from '../src/registry/region.ts';
import { DEMO_ADMINISTRATOR, isDemo, prepareAccounts } from './demo-accounts.ts';
import { DEMO_PASSWORD } from './demo-users.ts';
import { freePorts } from './ports.ts';

describe('The accounts of the demo', () => {
  let stage: Stage;
  let pages: Pages;
  let region: RegionDefinition;
  before(async () => {
    region = await regionIn('region/smolensk');
    stage = await openStage();
    pages = await openPages(stage);
  });
  after(async () => {
    await pages.close();
    await stage.close();
  });
  const logins = async () =>
    (await stage.db.getRepository(AccountEntity).find()).map(({ login }) => login).sort();

  it('are there for every official and an administrator, with the password that is printed', async () => {
    await prepareAccounts(stage.db, region, true);
    await prepareAccounts(stage.db, region, true);
    const everybody = [...region.officials.map(({ login }) => login), DEMO_ADMINISTRATOR].sort();
    expect(await logins()).to.deep.equal(everybody);
    for (const login of ['curator', DEMO_ADMINISTRATOR]) {
      const signedIn = await pages.visitor().signIn(login, DEMO_PASSWORD);
      expect([signedIn.status, signedIn.location]).to.deep.equal([303, '/']);
    }
  });

  it('are not there after a start that is no demo, nor are their sessions; others stay', async () => {
    await prepareAccounts(stage.db, region, true);
    const visitor = pages.visitor();
    await visitor.signIn('curator', DEMO_PASSWORD);
    const own = { login: 'root', role: 'administrator', name: null, password: true } as const;
    await createAccount(stage.db, own);
    await prepareAccounts(stage.db, region, false);
    expect(await logins()).to.deep.equal(['root']);
    expect((await visitor.get('/')).status).to.equal(303);
    expect((await visitor.signIn('curator', DEMO_PASSWORD)).status).to.equal(401);
  });

  it('are not made by the application itself', async () => {
    await stage.db.query('delete from account');
    const { grpc: port } = await freePorts();
    const level = log.level;
    log.level = 'fatal';
    const application = await startApplication(
      readConfig({
        DATABASE_URL: (stage.db.options as { url: string }).url,
        OTKLIK_LINK_SECRET: 'a secret of sixteen',
        OTKLIK_ROLES: 'http',
        OTKLIK_HOST: '127.0.0.1',
        OTKLIK_PORT: String(port),
      }),
    );
    try {
      const visitor = newVisitor(`http://127.0.0.1:${port}`);
      expect((await visitor.get('/')).location).to.equal('/sign-in?to=%2F');
      expect((await visitor.signIn('curator', DEMO_PASSWORD)).status).to.equal(401);
      expect(await logins()).to.deep.equal([]);
    } finally {
      await application.stop();
      log.level = level;
    }
  });

  it('belong to a start with everything local and no provider', () => {
    const oidc = {
      issuer: 'https://a.example',
      clientId: 'a',
      clientSecret: null,
      loginClaim: 'a',
    };
    expect(isDemo({ sandbox: true, stack: true }, { oidc: null })).to.be.true;
    expect(isDemo({ sandbox: true, stack: true }, { oidc })).to.be.false;
    expect(isDemo({ sandbox: false, stack: true }, { oidc: null })).to.be.false;
    expect(isDemo({ sandbox: true, stack: false }, { oidc: null })).to.be.false;
  });
});
