import type { EntitySchema, ObjectLiteral } from 'typeorm';
import type { Tx } from './data-source.ts';
import { columnsOf, kept, rowOf } from './row-of.ts';

/**
 * The row that has these values, null for none of several. Its statement is written here, like that of
 * `insertOnce`: both are most of what is asked, and always of one shape. `held`: nobody else changes it
 * before the transaction ends, and what is asked at once, after it, is read once it is held.
 */
export async function rowOrNull<Row extends ObjectLiteral>(
  tx: Tx,
  entity: EntitySchema<Row>,
  values: Partial<Row>,
  { held = false } = {},
): Promise<Row | null> {
  const repository = tx.getRepository(entity);
  const { tableName } = repository.metadata;
  const wanted = Object.entries(values).map(([property, value]) => ({
    column: repository.metadata.findColumnWithPropertyName(property)!,
    value: value as unknown,
  }));
  const conditions = wanted.map(({ column }, at) => `"${column.databaseName}" = $${at + 1}`);
  const [raw] = await tx.query<Record<string, unknown>[]>(
    `SELECT ${columnsOf(repository)} FROM "${tableName}" WHERE ${conditions.join(' AND ')} LIMIT 1${held ? ' FOR UPDATE' : ''}`,
    wanted.map(({ column, value }) => kept(repository, column, value)),
  );
  return raw === undefined ? null : rowOf(repository, raw);
}

/** The same for a row that must be there. */
export async function rowBy<Row extends ObjectLiteral>(
  tx: Tx,
  entity: EntitySchema<Row>,
  values: Partial<Row>,
  how?: { held?: boolean },
): Promise<Row> {
  const row = await rowOrNull(tx, entity, values, how);
  if (row === null) {
    throw new Error(
      `no row in ${tx.getRepository(entity).metadata.tableName} has ${JSON.stringify(values)}`,
    );
  }
  return row;
}
