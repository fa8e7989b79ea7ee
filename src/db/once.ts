import type { EntitySchema, FindOptionsWhere, ObjectLiteral } from 'typeorm';
import type { Tx } from './data-source.ts';
import { rowOf } from './row-of.ts';

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
  const repository = tx.getRepository(entity);
  const { columns } = repository.metadata;
  const { raw } = (await repository
    .createQueryBuilder()
    .insert()
    .values(row)
    .orIgnore()
    .returning(columns.map(({ propertyName }) => propertyName))
    .execute()) as { raw: Record<string, unknown>[] };
  if (raw[0]) return { row: rowOf(repository, raw[0]), inserted: true };
  const where = Object.fromEntries(unique.map((key) => [key, row[key]]));
  return {
    row: await repository.findOneByOrFail(where as FindOptionsWhere<Row>),
    inserted: false,
  };
}
