import type { EntitySchema, ObjectLiteral } from 'typeorm';
import type { Tx } from './data-source.ts';
import { columnsOf, rowOf } from './row-of.ts';
import { condition, type Where } from './where.ts';

interface How<Row> {
  /** Ascending. */
  by?: (keyof Row & string)[];
}

/**
 * The rows that have these values. Its statement is written here, like those of `insertOnce` and
 * `changeRows`: they are most of what is asked, and always of one shape.
 */
export async function rowsBy<Row extends ObjectLiteral>(
  tx: Tx,
  entity: EntitySchema<Row>,
  where: Where<Row>,
  { by = [] }: How<Row> = {},
): Promise<Row[]> {
  const repository = tx.getRepository(entity);
  const { metadata } = repository;
  const values: unknown[] = [];
  const order = by.map((it) => `"${metadata.findColumnWithPropertyName(it)!.databaseName}"`);
  const rows = await tx.query<Record<string, unknown>[]>(
    `SELECT ${columnsOf(repository)} FROM "${metadata.tableName}" WHERE ${condition(repository, where, values)}` +
      `${order.length > 0 ? ` ORDER BY ${order.join()}` : ''}`,
    values,
  );
  return rows.map((row) => rowOf(repository, row));
}

/** The row that has these values, null for none; the first by `by` of several. */
export async function rowOrNull<Row extends ObjectLiteral>(
  tx: Tx,
  entity: EntitySchema<Row>,
  where: Where<Row>,
  how?: How<Row>,
): Promise<Row | null> {
  const [row] = await rowsBy(tx, entity, where, how);
  return row ?? null;
}

/** The same for a row that must be there. */
export async function rowBy<Row extends ObjectLiteral>(
  tx: Tx,
  entity: EntitySchema<Row>,
  where: Where<Row>,
  how?: How<Row>,
): Promise<Row> {
  const row = await rowOrNull(tx, entity, where, how);
  if (row === null) {
    throw new Error(
      `no row in ${tx.getRepository(entity).metadata.tableName} has ${JSON.stringify(where)}`,
    );
  }
  return row;
}
