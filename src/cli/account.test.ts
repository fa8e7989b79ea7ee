import { expect } from 'chai';
import { CommanderError, type Command } from 'commander';
import { openStage, type Stage } from '../../test/stage.ts';
import { openPages, type Pages } from '../../test/pages.ts';
import { openDatabase } from '../db/data-source.ts';
import { InputError } from '../errors.ts';
import { accountCommand } from './account.ts';
import { retentionCommand } from './retention.ts';

describe('otklik account', () => {
  let stage: Stage;
  let pages: Pages;
  const given = process.env['DATABASE_URL'];
  before(async () => {
    stage = await openStage();
    pages = await openPages(stage);
    process.env['DATABASE_URL'] = (stage.db.options as { url: string }).url;
  });
  after(async () => {
    if (given === undefined) delete process.env['DATABASE_URL'];
    else process.env['DATABASE_URL'] = given;
    delete process.env['OTKLIK_OIDC_ISSUER'];
    await pages.close();
    await stage.close();
  });
  const account = (...words: string[]) => run(accountCommand({ openDatabase }), words);
  const passwordIn = (out: string) => /пароль: (\S+)/.exec(out)?.[1] ?? '';

  it('create gives an official a password for the first sign-in', async () => {
    const out = await account('create', 'Minobr', '--role', 'executor');
    expect(passwordIn(out)).to.match(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/);
    expect(out).to.contain('при первом входе его нужно сменить');
    const signedIn = await pages.visitor().signIn('minobr', passwordIn(out));
    expect(signedIn.location).to.equal('/password?to=%2F');
  });

  it('create makes an administrator, with a name', async () => {
    const out = await account('create', 'root', '--role', 'administrator', '--name', 'Анна Ким');
    expect(passwordIn(out)).not.to.equal('');
    expect(await account('list')).to.contain('root\tadministrator\tАнна Ким\tпароль не сменён');
  });

  for (const [words, why] of [
    [['create', 'minobr', '--role', 'curator'], 'в реестре у «minobr» роль executor, а не curator'],
    [['create', 'nobody', '--role', 'executor'], 'в реестре нет должностного лица'],
    [['create', 'curator', '--role', 'administrator'], 'администратору нужен отдельный логин'],
    [['create', 'минобр', '--role', 'administrator'], 'неверный логин «минобр»; допустимо'],
    [['reset', 'nobody'], 'нет учётной записи «nobody»; список: account list'],
    [['lock', 'nobody'], 'нет учётной записи «nobody»'],
  ] as const) {
    it(`refuses ${words.join(' ')} and says why`, async () => {
      const error = await account(...words).then(
        () => null,
        (it: unknown) => it,
      );
      expect(error).to.be.instanceOf(InputError);
      expect((error as Error).message).to.contain(why);
    });
  }

  it('knows no other role, and wants one', async () => {
    for (const words of [
      ['create', 'x', '--role', 'tsar'],
      ['create', 'x'],
    ]) {
      const error = await account(...words).then(
        () => null,
        (it: unknown) => it,
      );
      expect(error).to.be.instanceOf(CommanderError);
    }
  });

  it('create does not replace an account', async () => {
    await account('create', 'mintrud', '--role', 'executor');
    const error = await account('create', 'mintrud', '--role', 'executor').catch((it: Error) => it);
    expect(String(error)).to.contain('учётная запись «mintrud» уже есть');
  });

  it('reset, lock and unlock take effect at once', async () => {
    await account('create', 'minsoc', '--role', 'executor');
    const first = passwordIn(await account('reset', 'minsoc'));
    const visitor = pages.visitor();
    await visitor.signIn('minsoc', first);
    const second = passwordIn(await account('reset', 'minsoc'));
    expect((await visitor.get('/password')).location).to.equal('/sign-in?to=/password');
    expect((await visitor.signIn('minsoc', first)).status).to.equal(401);
    expect((await visitor.signIn('minsoc', second)).status).to.equal(303);
    expect(await account('lock', 'minsoc')).to.contain('заблокирована');
    expect((await visitor.get('/password')).location).to.equal('/sign-in?to=/password');
    expect((await visitor.signIn('minsoc', second)).status).to.equal(401);
    expect(await account('list')).to.match(/^minsoc\texecutor\t.+\tзаблокирована, /m);
    await account('unlock', 'minsoc');
    expect((await visitor.signIn('minsoc', second)).status).to.equal(303);
  });

  it('tells no password where people sign in at a provider', async () => {
    process.env['OTKLIK_OIDC_ISSUER'] = 'https://sso.example';
    expect(await account('create', 'mincifra', '--role', 'executor')).not.to.contain('пароль');
    const error = await account('reset', 'mincifra').catch((it: Error) => it);
    expect(String(error)).to.contain('пароли хранит единая система входа');
  });

  it('leaves no password in the history', async () => {
    delete process.env['OTKLIK_OIDC_ISSUER'];
    const password = passwordIn(await account('reset', 'minsoc'));
    const rows = await stage.db.query<object[]>('select * from audit');
    expect(JSON.stringify(rows)).to.contain('выдан новый пароль').and.not.to.contain(password);
  });

  it('retention says what it would do, then does it', async () => {
    const retention = (...words: string[]) => run(retentionCommand({ openDatabase }), words);
    expect(await retention('--dry-run')).to.equal(
      'К удалению — сообщений: 0 (срок хранения P1Y).\n',
    );
    expect(await retention()).to.equal(
      'Удалены данные авторов — сообщений: 0 (срок хранения P1Y).\n',
    );
  });
});

async function run(command: Command, words: readonly string[]): Promise<string> {
  let said = '';
  for (const one of [command, ...command.commands]) {
    one.exitOverride().configureOutput({
      writeOut: (text) => (said += text),
      writeErr: () => undefined,
    });
  }
  await command.parseAsync([...words], { from: 'user' });
  return said;
}
