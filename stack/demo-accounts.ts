import { hashPassword } from '../src/access/password.ts';
import type { Config } from '../src/config.ts';
import type { Database } from '../src/db/data-source.ts';
import { AccountEntity } from '../src/db/entities/account.ts';
import type { RegionDefinition } from '../src/registry/region.ts';
import { DEMO_PASSWORD } from './demo-users.ts';

/** Runs the application in the demo; works in no process. */
export const DEMO_ADMINISTRATOR = 'admin';

/**
 * An account with the password of the demo for each official and one administrator; accounts of
 * people's own are left alone. Doing it again changes nothing.
 */
async function ensureDemoAccounts(db: Database, region: RegionDefinition): Promise<void> {
  const passwordHash = await hashPassword(DEMO_PASSWORD);
  const officials = region.officials.map(({ login }) => ({ login, administrator: false }));
  const admin = { login: DEMO_ADMINISTRATOR, administrator: true, name: 'Администратор' };
  await db
    .createQueryBuilder()
    .insert()
    .into(AccountEntity)
    .values([...officials, admin].map((one) => ({ ...one, passwordHash, demo: true })))
    .orIgnore()
    .execute();
}

/** Outside the demo nobody signs in with a password that everybody knows. */
async function removeDemoAccounts(db: Database): Promise<void> {
  await db.getRepository(AccountEntity).delete({ demo: true });
}

/** Everything is a stand-in that only this machine reaches: passwords may be known. */
export const isDemo = (
  { sandbox, stack }: { sandbox: boolean; stack: boolean },
  { oidc }: Pick<Config, 'oidc'>,
): boolean => sandbox && stack && oidc === null;

/** Before a start: a demo has its accounts, and nothing else has them. */
export const prepareAccounts = (
  db: Database,
  region: RegionDefinition,
  demo: boolean,
): Promise<void> => (demo ? ensureDemoAccounts(db, region) : removeDemoAccounts(db));
