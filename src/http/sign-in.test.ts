import { expect } from 'chai';
import { haveAccounts, openPages, PASSWORD, type Pages } from '../../test/pages.ts';
import { openStage, type Stage } from '../../test/stage.ts';
import type { Visitor } from '../../test/visitor.ts';
import { createAccount, lockAccount, resetAccount } from '../access/accounts.ts';
import { AuditEntryEntity } from '../db/entities/audit.ts';

describe('Sign-in with a password', () => {
  let stage: Stage;
  let pages: Pages;
  let visitor: Visitor;
  before(async () => {
    stage = await openStage();
    pages = await openPages(stage);
    await haveAccounts(stage, 'curator', 'minzdrav', 'minobr', 'mintrans', 'admin');
  });
  after(async () => {
    await pages.close();
    await stage.close();
  });
  beforeEach(async () => {
    visitor = pages.visitor();
    await stage.db.query('delete from sign_in_tries');
  });

  const accessLines = async () => {
    const lines = await stage.db.getRepository(AuditEntryEntity).find({ order: { id: 'ASC' } });
    return lines.filter(({ key }) => key?.startsWith('access:'));
  };

  it('is asked of everybody, shows who one is, and leads back to the page asked for', async () => {
    expect((await visitor.get('/')).location).to.equal('/sign-in?to=%2F');
    const form = await visitor.get('/sign-in?to=%2Fmessages%2Fx%3Fa%3D1');
    expect(form.html).to.contain('<h1>Вход</h1>').and.not.to.contain('Выйти');
    const to = '/sign-in?to=%2Fmessages%2Fx%3Fa%3D1';
    const next = await visitor.submit(to, { login: ' Curator ', password: PASSWORD });
    expect([next.status, next.location]).to.deep.equal([303, '/messages/x?a=1']);
    const home = await visitor.get('/');
    expect(home.html).to.contain('Начальник отдела мониторинга').and.to.contain('Выйти');
    expect(home.headers.get('cache-control')).to.equal('private, no-store');
    expect((await visitor.get('/sign-in')).location).to.equal('/');
  });

  it('says the same of a wrong password, an unknown login and a locked account', async () => {
    await lockAccount(stage.db, 'minobr', true);
    const tries = [
      ['curator', 'четыре других слова'],
      ['nobody', PASSWORD],
      ['minobr', PASSWORD],
    ] as const;
    for (const [login, password] of tries) {
      const answer = await visitor.signIn(login, password);
      expect(answer.status, login).to.equal(401);
      expect(answer.html, login).to.contain('Логин или пароль не подходят.');
      expect(answer.html).to.contain(`value="${login}"`).and.not.to.contain(password);
    }
    await lockAccount(stage.db, 'minobr', false);
    expect((await visitor.signIn('minobr', PASSWORD)).status).to.equal(303);
  });

  it('keeps in the history who signed in and whom it refused, and nothing that was typed', async () => {
    const before = (await accessLines()).length;
    await visitor.signIn('curator', 'четыре других слова');
    await visitor.signIn('мой тайный пароль', 'x');
    await visitor.signIn('curator', PASSWORD);
    const lines = (await accessLines()).slice(before);
    expect(lines.map(({ action, details }) => [action, details['login']])).to.deep.equal([
      ['вход отклонён', 'curator'],
      ['вход отклонён', null],
      ['вход выполнен', 'curator'],
    ]);
    for (const { details } of lines) expect(details['address']).to.equal('127.0.0.1');
    expect(JSON.stringify(lines)).not.to.match(/слов|тайный/);
  });

  describe('holds back whoever guesses', () => {
    const guess = (login: string, as = visitor) => as.signIn(login, 'не тот пароль');
    const passed = (seconds: number) =>
      stage.db.query(
        `update sign_in_tries set next_at = next_at - make_interval(secs => $1),
           last_at = last_at - make_interval(secs => $1)`,
        [seconds],
      );

    it('longer with every failed try at an account, also with the right password', async () => {
      for (let at = 0; at < 5; at += 1) expect((await guess('mintrans')).status).to.equal(401);
      const held = await visitor.signIn('mintrans', PASSWORD);
      expect(held.status).to.equal(429);
      expect(held.html).to.contain('Слишком много неудачных попыток. Повторите через 1 мин.');
      expect(Number(held.headers.get('retry-after'))).to.be.within(1, 30);
      const waits: number[] = [];
      for (let at = 0; at < 6; at += 1) {
        await passed(901);
        expect((await guess('mintrans')).status).to.equal(401);
        waits.push(Number((await guess('mintrans')).headers.get('retry-after')));
      }
      expect(waits.map((wait) => Math.ceil(wait / 30))).to.deep.equal([2, 4, 8, 16, 30, 30]);
      expect((await pages.visitor().signIn('curator', PASSWORD)).status).to.equal(303);
      await passed(901);
      expect((await visitor.signIn('mintrans', PASSWORD)).status).to.equal(303);
      expect((await guess('mintrans', pages.visitor())).status).to.equal(401);
    });

    it('counts tries that come at the same time', async () => {
      const { html } = await visitor.get('/sign-in');
      const token = /name="token" value="([^"]+)"/.exec(html)?.[1] ?? '';
      const fields = { token, login: 'mintrans', password: 'не тот' };
      const answers = await Promise.all(
        Array.from({ length: 12 }, () => visitor.post('/sign-in', fields)),
      );
      const tried = answers.filter(({ status }) => status === 401);
      expect(tried.length).to.equal(5);
    });

    it('by address, whatever the logins, and forgets after an hour of rest', async () => {
      const address = { 'x-forwarded-for': '192.0.2.7' };
      const guesser = pages.visitor(address);
      await guess('nobody', guesser);
      await stage.db.query(`update sign_in_tries set tries = 49 where key = 'address:192.0.2.7'`);
      expect((await guess('another', guesser)).status).to.equal(401);
      expect((await pages.visitor(address).signIn('curator', PASSWORD)).status).to.equal(429);
      const elsewhere = pages.visitor({ 'x-forwarded-for': '192.0.2.8' });
      expect((await elsewhere.signIn('curator', PASSWORD)).status).to.equal(303);
      await passed(3_601);
      expect((await pages.visitor(address).signIn('curator', PASSWORD)).status).to.equal(303);
    });

    it('by network, for addresses of IPv6', async () => {
      const from = (ip: string) => guess('nobody', pages.visitor({ 'x-forwarded-for': ip }));
      await from('2001:db8:0:1::7');
      await from('2001:db8::1:ffff:0:0:1');
      const rows = await stage.db.query<{ tries: number }[]>(
        `select tries from sign_in_tries where key = 'address:2001:db8:0:1::/64'`,
      );
      expect(rows).to.deep.equal([{ tries: 2 }]);
    });
  });

  describe('with a password that was given out', () => {
    it('lets one do nothing but choose another', async () => {
      const given = await resetAccount(stage.db, 'minzdrav');
      const first = await visitor.signIn('minzdrav', given);
      expect(first.location).to.equal('/password?to=%2F');
      for (const path of ['/', '/messages/7b8dd6ab-27f2-4c07-a74b-9d8b4b1d2f1e']) {
        expect((await visitor.get(path)).location).to.match(/^\/password\?to=/);
      }
      expect((await visitor.get('/sign-in')).location).to.equal('/password?to=%2F');
      const page = await visitor.get('/password?to=%2F');
      expect(page.html).to.contain('Вам выдан временный пароль').and.not.to.contain('Обзор');

      const change = (password: string, repeated = password) =>
        visitor.submit('/password?to=%2F', { current: given, password, repeated }, '/password');
      const refusals = {
        'коротко 123': 'не менее 12 знаков',
        [given]: 'совпадает с прежним',
        minzdravminz: 'состоять из логина',
        password12345: 'легко угадать',
        'Пароль-2026!!!': 'легко угадать',
        '123456789012': 'легко угадать',
        абвгдежзийкл: 'легко угадать',
        ababababababab: 'легко угадать',
        ['я'.repeat(201)]: 'не более 200 знаков',
      };
      for (const [password, why] of Object.entries(refusals)) {
        const refused = await change(password);
        expect(refused.status, password).to.equal(400);
        expect(refused.html, password).to.contain(why);
      }
      expect((await change('два других слова', 'два других слове')).html).to.contain('с ошибкой');
      const token = visitor.cookies.get('otklik');
      const changed = await change('два совсем других слова');
      expect(changed.location).to.equal('/');
      expect(visitor.cookies.get('otklik')).not.to.equal(token);
      expect((await visitor.get('/')).html).to.contain('Обзор');
      expect((await pages.visitor().signIn('minzdrav', given)).status).to.equal(401);
      const again = await pages.visitor().signIn('minzdrav', 'два совсем других слова');
      expect(again.location).to.equal('/');
    });

    it('wants the present password for another one, and ends the other sessions', async () => {
      await createAccount(stage.db, {
        login: 'minsoc',
        role: 'executor',
        name: null,
        password: true,
      });
      const given = await resetAccount(stage.db, 'minsoc');
      const other = pages.visitor();
      await other.signIn('minsoc', given);
      await visitor.signIn('minsoc', given);
      const fields = { password: 'ещё одни слова тут', repeated: 'ещё одни слова тут' };
      const wrong = await visitor.submit('/password', { current: 'нет', ...fields }, '/password');
      expect(wrong.html).to.contain('Нынешний пароль указан неверно.');
      await visitor.submit('/password', { current: given, ...fields }, '/password');
      expect((await visitor.get('/')).status).to.equal(200);
      expect((await other.get('/')).location).to.equal('/sign-in?to=%2F');
    });
  });

  describe('refuses forms that are not ours', () => {
    it('to sign in', async () => {
      const fields = { login: 'curator', password: PASSWORD };
      const { html } = await pages.visitor().get('/sign-in');
      const foreign = /name="token" value="([^"]+)"/.exec(html)?.[1] ?? '';
      await visitor.get('/sign-in');
      for (const token of [undefined, '', 'x', foreign]) {
        const answer = await visitor.post('/sign-in', { ...fields, ...(token && { token }) });
        expect(answer.status, token).to.equal(403);
        expect(answer.html).to.contain('Форма устарела');
      }
      expect(visitor.cookies.has('otklik')).to.be.false;
    });

    it('to sign out or change the password', async () => {
      const other = pages.visitor();
      await other.signIn('mintrans', PASSWORD);
      const { html } = await other.get('/sign-out');
      const foreign = /name="token" value="([^"]+)"/.exec(html)?.[1] ?? '';
      await visitor.signIn('curator', PASSWORD);
      for (const path of ['/sign-out', '/sign-out/everywhere', '/password']) {
        for (const token of ['', foreign]) {
          expect((await visitor.post(path, { token })).status, path).to.equal(403);
        }
      }
      expect((await visitor.get('/')).status).to.equal(200);
    });
  });

  for (const to of [
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/..//evil.example',
    '/.//evil.example',
    'javascript:alert(1)',
    'evil.example',
    '/sign-out',
    '/a'.repeat(600),
  ]) {
    it(`does not lead away to ${JSON.stringify(to.slice(0, 30))}`, async () => {
      const path = `/sign-in?to=${encodeURIComponent(to)}`;
      const { location } = await visitor.submit(path, { login: 'curator', password: PASSWORD });
      expect(location).to.equal('/');
    });
  }
});

describe('A session', () => {
  let stage: Stage;
  let pages: Pages;
  let visitor: Visitor;
  before(async () => {
    stage = await openStage();
    pages = await openPages(stage);
    await haveAccounts(stage, 'curator', 'minzdrav');
  });
  after(async () => {
    await pages.close();
    await stage.close();
  });
  beforeEach(async () => {
    visitor = pages.visitor();
    await visitor.signIn('curator', PASSWORD);
  });
  const isIn = async (who = visitor) => (await who.get('/')).status === 200;

  it('has a new token at each sign-in, never one that was there before (fixation)', async () => {
    const victim = pages.visitor();
    victim.cookies.set('otklik', visitor.cookies.get('otklik') ?? '');
    await victim.submit('/sign-out', {}, '/sign-out');
    victim.cookies.set('otklik', 'planted');
    const signedIn = await victim.signIn('minzdrav', PASSWORD);
    expect(signedIn.status).to.equal(303);
    expect(victim.cookies.get('otklik')).to.have.length(43);
  });

  it('has a cookie for its pages alone, for no script, and over https for no other host', async () => {
    const flagsOf = async (on: Pages, name: string) => {
      const who = on.visitor();
      const answer = await who.signIn('curator', PASSWORD);
      const set = answer.setCookies.find((it) => it.startsWith(`${name}=`)) ?? '';
      return set.split('; ').slice(1).sort();
    };
    const flags = ['HttpOnly', 'Path=/', 'SameSite=Lax'];
    expect(await flagsOf(pages, 'otklik')).to.deep.equal(flags);
    const secure = await openPages(stage, { publicUrl: 'https://otklik.example' });
    try {
      expect(await flagsOf(secure, '__Host-otklik')).to.deep.equal([...flags, 'Secure']);
    } finally {
      await secure.close();
    }
  });

  it('stands in the database as a digest only', async () => {
    const token = visitor.cookies.get('otklik') ?? '';
    const rows = await stage.db.query<{ id: string }[]>('select * from session');
    expect(JSON.stringify(rows)).not.to.contain(token);
  });

  it('ends with the sign-out, for a copy of its cookie too', async () => {
    const copy = pages.visitor();
    copy.cookies.set('otklik', visitor.cookies.get('otklik') ?? '');
    const out = await visitor.submit('/', {}, '/sign-out');
    expect(out.location).to.equal('/sign-in?out');
    expect((await visitor.get('/sign-in?out')).html).to.contain('Вы вышли из системы.');
    expect(await isIn()).to.be.false;
    expect(await isIn(copy)).to.be.false;
  });

  it('is one of several: another browser goes on, until all are ended at once', async () => {
    const second = pages.visitor();
    await second.signIn('curator', PASSWORD);
    await visitor.submit('/', {}, '/sign-out');
    expect(await isIn(second)).to.be.true;
    await visitor.signIn('curator', PASSWORD);
    await second.submit('/password', {}, '/sign-out/everywhere');
    expect([await isIn(), await isIn(second)]).to.deep.equal([false, false]);
  });

  it('ends when the account is locked, and when the official leaves the registry', async () => {
    await lockAccount(stage.db, 'curator', true);
    expect(await isIn()).to.be.false;
    await lockAccount(stage.db, 'curator', false);
    expect(await isIn()).to.be.false;
    await haveAccounts(stage, 'former');
    await stage.db.query(
      `insert into official (login, post, rank, role) values ('former', 'Бывший', 'head', 'curator')`,
    );
    await visitor.signIn('former', PASSWORD);
    expect(await isIn()).to.be.true;
    await stage.db.query(`delete from official where login = 'former'`);
    expect(await isIn()).to.be.false;
  });

  for (const [column, age, still] of [
    ['seen_at', '119 minutes', true],
    ['seen_at', '121 minutes', false],
    ['created_at', '719 minutes', true],
    ['created_at', '721 minutes', false],
  ] as const) {
    it(`${still ? 'goes on' : 'is over'} when ${column} was ${age} ago`, async () => {
      await stage.db.query(`update session set ${column} = now() - interval '${age}'`);
      expect(await isIn()).to.equal(still);
    });
  }

  it('is kept alive by what its person does', async () => {
    await stage.db.query(`update session set seen_at = now() - interval '100 minutes'`);
    expect(await isIn()).to.be.true;
    const [row] = await stage.db.query<{ fresh: boolean }[]>(
      `select max(seen_at) > now() - interval '1 minute' as fresh from session`,
    );
    expect(row?.fresh).to.be.true;
  });
});
