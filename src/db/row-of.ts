import type { EntityMetadata, ObjectLiteral, Repository } from 'typeorm';

/**
 * The columns that `rowOf` reads. Named one by one: a statement that is kept prepared must give the same
 * when a newer version has added a column.
 */
export const columnsOf = ({ metadata }: Repository<ObjectLiteral>): string =>
  metadata.columns.map(({ databaseName }) => `"${databaseName}"`).join();

/** A row that a statement returned, as a query would give it. */
export function rowOf<Row extends ObjectLiteral>(
  { metadata, manager }: Repository<Row>,
  raw: Record<string, unknown>,
): Row {
  const { driver } = manager.dataSource;
  return Object.fromEntries(
    metadata.columns.map((column) => [
      column.propertyName,
      driver.prepareHydratedValue(raw[column.databaseName], column) as unknown,
    ]),
  ) as Row;
}

/** A value as its column keeps it: the way back of `rowOf`. */
export const kept = (
  { manager }: Repository<ObjectLiteral>,
  column: EntityMetadata['columns'][number],
  value: unknown,
): unknown => manager.dataSource.driver.preparePersistentValue(value, column) as unknown;
