import { expect } from 'chai';
import { haveAccounts, PASSWORD, type Pages } from './pages.ts';
import type { Stage } from './stage.ts';
import type { Visitor } from './visitor.ts';

/** Makes accounts for these people and signs each in; gives the visitor of a login. */
export async function signInAll(
  stage: Stage,
  pages: Pages,
  logins: readonly string[],
): Promise<(login: string) => Visitor> {
  await haveAccounts(stage, ...logins);
  const people = new Map<string, Visitor>();
  for (const login of logins) {
    const visitor = pages.visitor();
    await visitor.signIn(login, PASSWORD);
    people.set(login, visitor);
  }
  return (login) => people.get(login) ?? expect.fail(`nobody is ${login}`);
}

/** The token that forms of somebody who signed in carry. */
export const tokenOf = async (visitor: Visitor): Promise<string> =>
  /name="token" value="([^"]+)"/.exec((await visitor.get('/sign-out')).html)?.[1] ?? '';
