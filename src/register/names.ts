import type { Tx } from '../db/data-source.ts';
import type { RegisterPage } from './list-page.ts';

/** What the register may be narrowed down to: agencies in scope (null: all), and executors with a shortcoming there. */
export async function registerNames(
  tx: Tx,
  agencies: readonly string[] | null,
): Promise<RegisterPage['names']> {
  const named = async (sql: string) => {
    const rows = await tx.query<{ code: string; name: string }[]>(sql, [agencies]);
    return Object.fromEntries(rows.map(({ code, name }) => [code, name]));
  };
  return {
    agency: await named(
      `select code, short_name as name from agency
       where $1::text[] is null or code = any($1) order by short_name`,
    ),
    executor: await named(
      `select o.login as code, o.post as name from official o where exists (
         select from shortcoming s where s.executor = o.login
           and ($1::text[] is null or s.agency_code = any($1))) order by o.post`,
    ),
  };
}
