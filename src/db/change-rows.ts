import type { EntitySchema, ObjectLiteral } from 'typeorm';
import type { Tx } from './data-source.ts';
import { columnsOf, kept, rowOf } from './row-of.ts';
import { condition, type Where } from './where.ts';

/** Changes the rows that have the values of `where`; what is undefined in `change` stays. Resolves with their number. */
export async function changeRows<Row extends ObjectLiteral>(
  tx: Tx,
  entity: EntitySchema<Row>,
  where: Where<Row>,
  change: Partial<Row>,
): Promise<number> {
  const [, count] = await run(tx, entity, where, change, '');
  return count;
}

/** The same; resolves with the rows as they are then. */
export async function changedRows<Row extends ObjectLiteral>(
  tx: Tx,
  entity: EntitySchema<Row>,
  where: Where<Row>,
  change: Partial<Row>,
): Promise<Row[]> {
  const repository = tx.getRepository(entity);
  const [rows] = await run(tx, entity, where, change, ` RETURNING ${columnsOf(repository)}`);
  return rows.map((row) => rowOf(repository, row));
}

function run<Row extends ObjectLiteral>(
  tx: Tx,
  entity: EntitySchema<Row>,
  where: Where<Row>,
  change: Partial<Row>,
  returning: string,
): Promise<[Record<string, unknown>[], number]> {
  const repository = tx.getRepository(entity);
  const { metadata } = repository;
  const values: unknown[] = [];
  const changes = metadata.columns.flatMap((column) => {
    const value: unknown = change[column.propertyName];
    if (value === undefined) return [];
    values.push(kept(repository, column, value));
    return [`"${column.databaseName}" = $${values.length}`];
  });
  return tx.query(
    `UPDATE "${metadata.tableName}" SET ${changes.join()} WHERE ${condition(repository, where, values)}${returning}`,
    values,
  );
}
