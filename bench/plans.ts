import { mkdir, writeFile } from 'node:fs/promises';
import pg from 'pg';
import type { Database } from '../src/db/data-source.ts';

const PLANS = new URL('plans/', import.meta.url);

/** Does `act`, and explains each of its queries on one of `tables` in `bench/plans/NAME.txt`. */
export async function keepPlans(
  db: Database,
  name: string,
  tables: RegExp,
  act: () => Promise<unknown>,
): Promise<void> {
  const asked = new Map<string, unknown[]>();
  const { prototype } = pg.Client as unknown as {
    prototype: { query: (...given: unknown[]) => unknown };
  };
  const { query } = prototype;
  prototype.query = function (this: unknown, ...given: unknown[]) {
    const [sql, values] = given;
    if (typeof sql === 'string' && tables.test(sql)) {
      asked.set(sql, Array.isArray(values) ? (values as unknown[]) : []);
    }
    return query.apply(this, given);
  };
  try {
    await act();
  } finally {
    prototype.query = query;
  }
  const plans: string[] = [];
  for (const [sql, values] of asked) {
    const rows = await db.query<{ 'QUERY PLAN': string }[]>(
      `explain (analyze, buffers, costs off) ${sql}`,
      values,
    );
    plans.push(`${sql.trim()}\n\n${rows.map((row) => row['QUERY PLAN']).join('\n')}\n`);
  }
  await mkdir(PLANS, { recursive: true });
  const file = `${name.replaceAll(' ', '-').replaceAll(',', '')}.txt`;
  await writeFile(new URL(file, PLANS), plans.join(`\n${'-'.repeat(80)}\n\n`));
}
