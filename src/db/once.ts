import type { EntitySchema, ObjectLiteral } from 'typeorm';
import type { Tx } from './data-source.ts';
import { rowBy } from './row-by.ts';
import { columnsOf, kept, rowOf } from './row-of.ts';

/** Inserts `row`, of which nobody else may have made one: fails when one of its keys is there already. */
export async function insertFirst<Row extends ObjectLiteral>(
  tx: Tx,
  entity: EntitySchema<Row>,
  row: Partial<Row>,
): Promise<void> {
  await insert(tx, entity, row, '');
}

/** Inserts `row` and returns it as it is then; null when a row with one of its keys is there already. */
export const insertNew = <Row extends ObjectLiteral>(
  tx: Tx,
  entity: EntitySchema<Row>,
  row: Partial<Row>,
): Promise<Row | null> => insert(tx, entity, row, 'ON CONFLICT DO NOTHING');

async function insert<Row extends ObjectLiteral>(
  tx: Tx,
  entity: EntitySchema<Row>,
  row: Partial<Row>,
  onConflict: '' | 'ON CONFLICT DO NOTHING',
): Promise<Row | null> {
  const repository = tx.getRepository(entity);
  const { tableName, columns } = repository.metadata;
  const given = columns.filter(({ propertyName }) => row[propertyName] !== undefined);
  const names = given.map(({ databaseName }) => `"${databaseName}"`);
  const raw = await tx.query<Record<string, unknown>[]>(
    `INSERT INTO "${tableName}" (${names.join()}) VALUES (${names.map((_, at) => `$${at + 1}`).join()})
     ${onConflict} RETURNING ${columnsOf(repository)}`,
    given.map((column) => kept(repository, column, row[column.propertyName])),
  );
  return raw[0] ? rowOf(repository, raw[0]) : null;
}

/**
 * Inserts `row` unless a row with the same values in `unique` is there already; returns the row that
 * is there and whether this call made it. The base of every effect that may be repeated.
 */
export async function insertOnce<Row extends ObjectLiteral>(
  tx: Tx,
  entity: EntitySchema<Row>,
  row: Partial<Row>,
  unique: readonly (keyof Row & string)[],
): Promise<{ row: Row; inserted: boolean }> {
  const made = await insertNew(tx, entity, row);
  if (made !== null) return { row: made, inserted: true };
  const key = Object.fromEntries(unique.map((name) => [name, row[name]])) as Partial<Row>;
  return { row: await rowBy(tx, entity, key), inserted: false };
}
