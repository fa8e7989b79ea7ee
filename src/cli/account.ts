import { Command, Option } from 'commander';
import { createAccount, listAccounts, lockAccount, resetAccount } from '../access/accounts.ts';
import type { Role } from '../access/principal.ts';
import type { Database } from '../db/data-source.ts';
import { InputError } from '../errors.ts';
import { databaseUrl } from './database-url.ts';

export interface AccountDeps {
  openDatabase: (url: string) => Promise<Database>;
}

const ROLES: Role[] = [
  'executor',
  'curator',
  'department-head',
  'deputy-governor',
  'governor',
  'administrator',
];

/** `otklik account create|reset|lock|unlock|list`: who may sign in to the application's pages. */
export function accountCommand(deps: AccountDeps): Command {
  const account = new Command('account').description('учётные записи (нужна DATABASE_URL)');
  const on = (name: string, what: string, act: (db: Database, login: string) => Promise<string>) =>
    account
      .command(name)
      .description(what)
      .argument('<логин>')
      .action((login: string, _options: unknown, command: Command) =>
        answer(deps, command, (db) => act(db, login.toLowerCase())),
      );

  account
    .command('create')
    .description('создать учётную запись и показать одноразовый пароль')
    .argument('<логин>', 'должностного лица из officials.yaml или администратора')
    .addOption(
      new Option('--role <роль>', 'как в officials.yaml, или administrator')
        .choices(ROLES)
        .makeOptionMandatory(),
    )
    .option('--name <имя>', 'как подписывать; без него — должность')
    .action((login: string, { role, name }: { role: Role; name?: string }, command: Command) =>
      answer(deps, command, async (db) => {
        const asked = { login: login.toLowerCase(), role, name: name ?? null };
        const password = await createAccount(db, { ...asked, password: !byProvider() });
        return password === null
          ? `Создана учётная запись ${asked.login}. Вход — через единую систему входа.`
          : `Создана учётная запись ${asked.login}. ${told(password)}`;
      }),
    );
  on('reset', 'выдать новый одноразовый пароль, завершить сеансы', async (db, login) => {
    if (byProvider())
      throw new InputError('пароли хранит единая система входа (OTKLIK_OIDC_ISSUER)');
    return `Новый пароль ${login}. ${told(await resetAccount(db, login))}`;
  });
  on('lock', 'заблокировать, завершить сеансы', async (db, login) => {
    await lockAccount(db, login, true);
    return `Учётная запись ${login} заблокирована, сеансы завершены.`;
  });
  on('unlock', 'разблокировать', async (db, login) => {
    await lockAccount(db, login, false);
    return `Учётная запись ${login} разблокирована.`;
  });
  account
    .command('list')
    .description('показать учётные записи')
    .action((_options: unknown, command: Command) => answer(deps, command, list));
  return account;
}

const told = (password: string): string =>
  `Одноразовый пароль: ${password}\nОн показан один раз; при первом входе его нужно сменить.`;

const byProvider = (): boolean =>
  Boolean(process.env['OTKLIK_OIDC_ISSUER'] || process.env['OTKLIK_OIDC_ISSUER_FILE']);

async function list(db: Database): Promise<string> {
  const accounts = await listAccounts(db);
  if (accounts.length === 0) return 'Учётных записей нет.';
  return accounts
    .map(({ login, role, name, post, locked, mustChange, demo }) =>
      [
        login,
        role ?? 'нет в реестре',
        name ?? post ?? '',
        [locked && 'заблокирована', mustChange && 'пароль не сменён', demo && 'учебная']
          .filter(Boolean)
          .join(', '),
      ]
        .join('\t')
        .trimEnd(),
    )
    .join('\n');
}

/** Prints what `action` says. */
async function answer(
  { openDatabase }: AccountDeps,
  command: Command,
  action: (db: Database) => Promise<string>,
): Promise<void> {
  const db = await openDatabase(databaseUrl());
  try {
    command.configureOutput().writeOut?.(`${await action(db)}\n`);
  } finally {
    await db.destroy();
  }
}
