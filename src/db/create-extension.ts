import type { QueryRunner } from 'typeorm';
import { InputError } from '../errors.ts';

/**
 * Runs `sql`, which creates an extension that PostgreSQL has among its own; packages of systems may keep it apart.
 * @throws InputError with the remedy.
 */
export async function createExtension(
  runner: QueryRunner,
  { name, purpose, sql }: { name: string; purpose: string; sql: string },
): Promise<void> {
  await runner.query(sql).catch((error: Error & { code?: string }) => {
    const remedy =
      error.code === '42501'
        ? `let a superuser run in this database: ${sql.replaceAll('if not exists ', '')}`
        : 'install the package postgresql-contrib of this PostgreSQL and start again';
    throw new InputError(
      `DATABASE_URL: the database has no extension ${name}, ${purpose} (${error.message}): ${remedy}`,
      { cause: error },
    );
  });
}
