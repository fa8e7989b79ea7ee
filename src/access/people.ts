import type { Tx } from '../db/data-source.ts';
import { AccountEntity } from '../db/entities/account.ts';
import { AgencyEntity } from '../db/entities/agency.ts';
import type { Official } from '../db/entities/official.ts';
import { rowOrNull } from '../db/row-by.ts';
import { officialByLogin } from '../registry/queries.ts';
import type { Principal } from './principal.ts';

/**
 * Who the login is by the registry and the accounts as they stand now, so that a change of post holds
 * from the next request. Null: neither an official nor an administrator, or locked.
 */
export async function whoIs(
  tx: Tx,
  login: string,
  via: Principal['via'],
): Promise<Principal | null> {
  const account = await rowOrNull(tx, AccountEntity, { login });
  if (account?.locked) return null;
  if (account?.administrator) {
    // Running the system needs no citizen's words.
    return { login, name: account.name ?? login, role: 'administrator', agencies: [], via };
  }
  const official = await officialByLogin(tx, login);
  if (official === null) return null;
  const name = account?.name ?? official.post;
  return { login, name, role: official.role, agencies: await agenciesOf(tx, official), via };
}

async function agenciesOf(tx: Tx, { login, role }: Official): Promise<Principal['agencies']> {
  if (role !== 'executor' && role !== 'deputy-governor') return 'all';
  const field = role === 'executor' ? 'executor' : 'supervisor';
  const agencies = await tx.find(AgencyEntity, {
    where: { [field]: login },
    order: { code: 'ASC' },
  });
  return agencies.map(({ code }) => code);
}

/** The login of the person whom a provider calls `claimed`: a login, or an official's mail address. */
export async function loginOf(tx: Tx, claimed: string): Promise<string> {
  if (!claimed.includes('@')) return claimed;
  const officials = await tx.query<{ login: string }[]>(
    'select login from official where lower(email) = $1',
    [claimed],
  );
  const [official] = officials;
  return official !== undefined && officials.length === 1 ? official.login : claimed;
}
