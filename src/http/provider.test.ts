import { expect } from 'chai';
import { haveAccounts, openPages, SECRET, type Pages } from '../../test/pages.ts';
import { openProvider, type TestProvider } from '../../test/oidc.ts';
import { openStage, type Stage } from '../../test/stage.ts';
import type { Visit, Visitor } from '../../test/visitor.ts';
import { lockAccount } from '../access/accounts.ts';
import { callbackAddress } from '../access/access.ts';
import { keyFor, seal, unseal } from '../access/sealed.ts';
import { AccountEntity } from '../db/entities/account.ts';
import { AuditEntryEntity } from '../db/entities/audit.ts';
import { log } from '../log.ts';

describe('Sign-in at a provider (OpenID Connect)', () => {
  let stage: Stage;
  let provider: TestProvider;
  let pages: Pages;
  let visitor: Visitor;
  let logged: unknown[];
  const { warn, error } = log;
  before(async () => {
    stage = await openStage();
    pages = await openPages(stage, async (publicUrl) => {
      provider = await openProvider(callbackAddress(publicUrl));
      return { oidc: provider.settings };
    });
  });
  after(async () => {
    await pages.close();
    await provider.close();
    await stage.close();
  });
  beforeEach(async () => {
    visitor = pages.visitor();
    provider.claims = {};
    provider.idTokenLife = 600;
    logged = [];
    log.warn = log.error = (...said: unknown[]) => void logged.push(said);
    await stage.db.query('delete from sign_in_tries');
  });
  afterEach(() => Object.assign(log, { warn, error }));

  const start = async (to = '/') =>
    (await visitor.get(`/sign-in/start?to=${encodeURIComponent(to)}`)).location ?? '';
  const signIn = async (login: string): Promise<Visit> =>
    visitor.get(await provider.signIn(visitor, await start(), login));

  function expectRefused(visit: Visit, status: number, why: string): void {
    expect([visit.status, visit.location]).to.deep.equal([status, null]);
    expect(visit.html).to.contain(why).and.to.contain('href="/sign-in"');
    expect(visitor.cookies.has('otklik')).to.be.false;
  }

  it('makes a session for an official and leads back to the page asked for', async () => {
    const page = await visitor.get('/sign-in?to=%2Fmessages%2Fx');
    expect(page.html).to.contain('href="/sign-in/start?to=%2Fmessages%2Fx"');
    expect(page.html).not.to.contain('type="password"');
    const back = await provider.signIn(visitor, await start('/messages/x'), 'Minobr');
    const visit = await visitor.get(back);
    expect([visit.status, visit.location]).to.deep.equal([303, '/messages/x']);
    expect(visitor.cookies.has('otklik-oidc')).to.be.false;
    expect((await visitor.get('/')).html).to.contain('Заместитель министра образования');
    const [line] = await stage.db
      .getRepository(AuditEntryEntity)
      .find({ order: { id: 'DESC' }, take: 1 });
    expect(line).to.deep.include({ subject: 'minobr', action: 'вход выполнен' });
  });

  it('asks the provider with PKCE, state and nonce', async () => {
    const { searchParams } = new URL(await start());
    expect(searchParams.get('code_challenge_method')).to.equal('S256');
    for (const name of ['code_challenge', 'state', 'nonce']) {
      expect(searchParams.get(name), name).to.have.length.above(30);
    }
  });

  it('admits an administrator who has an account, and an official by mail address', async () => {
    await haveAccounts(stage, 'admin');
    expect((await signIn('admin')).status).to.equal(303);
    const byMail = await openPages(stage, (publicUrl) => {
      const { clientId, clientSecret, issuer } = provider.settings;
      const oidc = { clientId, clientSecret, issuer, loginClaim: 'email' };
      return Promise.resolve({ oidc, publicUrl: publicUrl && pages.url });
    });
    try {
      const admit = async (claims: Record<string, unknown>) => {
        provider.claims = claims;
        const who = byMail.visitor();
        const begun = await who.get('/sign-in/start');
        const back = await provider.signIn(who, begun.location ?? '', 'somebody');
        return who.get(byMail.url + back.slice(pages.url.length));
      };
      const email = 'Mintrans@smolensk.example';
      expect((await admit({ email, email_verified: true })).status).to.equal(303);
      expect((await admit({ email, email_verified: false })).status).to.equal(403);
    } finally {
      await byMail.close();
    }
  });

  it('tells a person who is nobody here so, in Russian', async () => {
    const visit = await signIn('<b>stranger');
    expectRefused(visit, 403, 'вы — «&lt;b&gt;stranger»');
    expect(visit.html).to.contain('Обратитесь к администратору');
    expect(await stage.db.getRepository(AccountEntity).existsBy({ login: '<b>stranger' })).to.be
      .false;
  });

  it('does not admit a locked account, also not one that is signed in', async () => {
    await signIn('mintrud');
    await lockAccount(stage.db, 'mintrud', true);
    expect((await visitor.get('/')).location).to.equal('/sign-in?to=%2F');
    visitor = pages.visitor();
    expectRefused(await signIn('mintrud'), 403, 'заблокирован');
  });

  it('says so when the person went away at the provider', async () => {
    const back = await provider.abort(visitor, await start());
    expectRefused(await visitor.get(back), 403, 'вход не подтвердила');
  });

  describe('refuses an answer', () => {
    const NOT_TAKEN = 'Ответ системы входа не принят.';
    const key = keyFor(SECRET, 'oidc');
    const alter = (change: object) => {
      const flow = unseal(key, visitor.cookies.get('otklik-oidc') ?? '') as object;
      visitor.cookies.set('otklik-oidc', seal(key, { ...flow, ...change }));
    };

    it('with another state', async () => {
      const back = new URL(await provider.signIn(visitor, await start(), 'curator'));
      back.searchParams.set('state', 'another');
      expectRefused(await visitor.get(back.href), 400, NOT_TAKEN);
    });

    it('with another nonce', async () => {
      const back = await provider.signIn(visitor, await start(), 'curator');
      alter({ nonce: 'another' });
      expectRefused(await visitor.get(back), 400, NOT_TAKEN);
    });

    it('to another proof key', async () => {
      const back = await provider.signIn(visitor, await start(), 'curator');
      alter({ verifier: 'x'.repeat(43) });
      expectRefused(await visitor.get(back), 400, NOT_TAKEN);
    });

    it('that comes too late', async () => {
      const back = await provider.signIn(visitor, await start(), 'curator');
      alter({ until: Date.now() - 1 });
      expectRefused(await visitor.get(back), 400, 'длился слишком долго');
    });

    it('whose token is over', async () => {
      provider.idTokenLife = -600;
      expectRefused(await signIn('curator'), 400, NOT_TAKEN);
    });

    it('that comes twice', async () => {
      const back = await provider.signIn(visitor, await start(), 'curator');
      const flow = visitor.cookies.get('otklik-oidc') ?? '';
      expect((await visitor.get(back)).status).to.equal(303);
      const other = pages.visitor();
      other.cookies.set('otklik-oidc', flow);
      expect((await other.get(back)).status).to.equal(400);
    });

    it('that another browser asked for, or whose cookie was made by hand', async () => {
      const back = await provider.signIn(visitor, await start(), 'curator');
      const other = pages.visitor();
      expect((await other.get(back)).html).to.contain('начат в другом окне');
      const [text = ''] = (visitor.cookies.get('otklik-oidc') ?? '').split('.');
      visitor.cookies.set('otklik-oidc', `${text}.${text}`);
      expectRefused(await visitor.get(back), 400, 'начат в другом окне');
    });

    it('and keeps codes and tokens out of the log', async () => {
      const back = new URL(await provider.signIn(visitor, await start(), 'curator'));
      const code = back.searchParams.get('code') ?? '';
      back.searchParams.set('state', 'another');
      await visitor.get(back.href);
      expect(logged).to.have.length(1);
      expect(JSON.stringify(logged)).not.to.contain(code).and.not.to.contain('secret');
    });
  });

  it('offers to end the session at the provider too', async () => {
    await signIn('curator');
    const out = await visitor.submit('/', {}, '/sign-out');
    expect(out.html).to.contain('Вы вышли из «Отклика»').and.not.to.contain('Начальник отдела');
    const address = /href="([^"]+session\/end[^"]+)"/.exec(out.html)?.[1] ?? '';
    const asked = await visitor.get(address.replaceAll('&amp;', '&'));
    expect(asked.status).to.equal(200);
    expect((await visitor.get('/')).location).to.equal('/sign-in?to=%2F');
  });

  it('has no password of its own', async () => {
    await signIn('curator');
    expect((await visitor.get('/password')).html).to.contain('в единой системе входа');
    expect((await visitor.post('/password', {})).status).to.equal(404);
    expect((await visitor.post('/sign-in', { login: 'admin', password: 'x' })).status).to.equal(
      404,
    );
  });

  it('says so when the provider does not answer', async () => {
    const away = await openPages(stage, {
      oidc: { ...provider.settings, issuer: 'http://127.0.0.1:9' },
    });
    try {
      const visit = await away.visitor().get('/sign-in/start');
      expect(visit.status).to.equal(503);
      expect(visit.html).to.contain('Система входа сейчас не отвечает');
    } finally {
      await away.close();
    }
  });
});
