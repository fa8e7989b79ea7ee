import type { Database, Tx } from '../db/data-source.ts';
import { AccountEntity, type Account } from '../db/entities/account.ts';
import { OfficialEntity } from '../db/entities/official.ts';
import { insertOnce } from '../db/once.ts';
import { InputError } from '../errors.ts';
import { officialByLogin } from '../registry/queries.ts';
import { recordAccess } from './audit.ts';
import { hashPassword, oneTimePassword } from './password.ts';
import { checkPassword } from './password-rules.ts';
import type { Role } from './principal.ts';

export interface NewAccount {
  login: string;
  role: Role;
  name: string | null;
  /** False where people sign in through a provider. */
  password: boolean;
}

/**
 * Makes an account for an official of the registry or for an administrator.
 * @returns its one-time password, null when it has none.
 * @throws InputError when the login is taken, or the registry has it otherwise.
 */
export async function createAccount(db: Database, given: NewAccount): Promise<string | null> {
  const { login, role, name } = given;
  const password = given.password ? oneTimePassword() : null;
  const passwordHash = password === null ? null : await hashPassword(password);
  await db.transaction(async (tx) => {
    await checkRole(tx, login, role);
    const account = {
      login,
      name,
      administrator: role === 'administrator',
      passwordHash,
      mustChange: password !== null,
    };
    const { inserted } = await insertOnce(tx, AccountEntity, account, ['login']);
    if (!inserted) {
      throw new InputError(`учётная запись «${login}» уже есть; новый пароль даст account reset`);
    }
    await recordAccess(tx, { subject: 'администратор', action: 'создана учётная запись', login });
  });
  return password;
}

async function checkRole(tx: Tx, login: string, role: Role): Promise<void> {
  if (!/^[a-z0-9][a-z0-9._@-]{0,63}$/.test(login)) {
    throw new InputError(
      `неверный логин «${login}»; допустимо: до 64 знаков — строчные латинские буквы, цифры, «.», «_», «-», «@»`,
    );
  }
  const official = await officialByLogin(tx, login);
  if (role === 'administrator') {
    if (official === null) return;
    throw new InputError(
      `«${login}» — логин должностного лица (${official.post}); администратору нужен отдельный логин`,
    );
  }
  if (official === null) {
    throw new InputError(
      `в реестре нет должностного лица с логином «${login}»; добавьте его в officials.yaml и загрузите регион`,
    );
  }
  if (official.role !== role) {
    throw new InputError(`в реестре у «${login}» роль ${official.role}, а не ${role}`);
  }
}

/** A new one-time password; ends the account's sessions. @throws InputError for an unknown login. */
export async function resetAccount(db: Database, login: string): Promise<string> {
  const password = oneTimePassword();
  const passwordHash = await hashPassword(password);
  await change(db, login, { passwordHash, mustChange: true }, 'выдан новый пароль');
  return password;
}

/** A locked account neither signs in nor goes on. @throws InputError for an unknown login. */
export function lockAccount(db: Database, login: string, locked: boolean): Promise<void> {
  const action = locked ? 'учётная запись заблокирована' : 'учётная запись разблокирована';
  return change(db, login, { locked }, action);
}

async function change(
  db: Database,
  login: string,
  values: Partial<Account>,
  action: string,
): Promise<void> {
  await db.transaction(async (tx) => {
    const { affected } = await tx.update(AccountEntity, { login }, values);
    if (affected === 0) {
      throw new InputError(`нет учётной записи «${login}»; список: account list`);
    }
    await tx.query('delete from session where login = $1', [login]);
    await tx.query('delete from sign_in_tries where key = $1', [`login:${login}`]);
    await recordAccess(tx, { subject: 'администратор', action, login });
  });
}

/**
 * The person's own choice of a password.
 * @throws InputError in Russian when it is too easy to guess.
 */
export async function choosePassword(db: Database, login: string, password: string): Promise<void> {
  checkPassword(password, login);
  const passwordHash = await hashPassword(password);
  await db.transaction(async (tx) => {
    await tx.update(AccountEntity, { login }, { passwordHash, mustChange: false });
    await recordAccess(tx, { subject: login, action: 'изменён пароль', login });
  });
}

/** Every account with what it is by the registry, by login. */
export async function listAccounts(
  db: Database,
): Promise<(Account & { role: Role | null; post: string | null })[]> {
  const accounts = await db.manager.find(AccountEntity, { order: { login: 'ASC' } });
  const officials = new Map(
    (await db.manager.find(OfficialEntity)).map((official) => [official.login, official]),
  );
  return accounts.map((account) => {
    const official = officials.get(account.login);
    const role = account.administrator ? 'administrator' : (official?.role ?? null);
    return { ...account, role, post: official?.post ?? null };
  });
}
