import type { ObjectLiteral, Repository } from 'typeorm';

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
