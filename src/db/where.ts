import type { ObjectLiteral, Repository } from 'typeorm';
import { kept } from './row-of.ts';

/** What the rows have that are meant: a value, none (null), or one of several values. */
export type Where<Row> = {
  readonly [Property in keyof Row]?: Row[Property] | readonly Row[Property][];
};

/** The same as a condition of a statement whose parameters end with `values`, which get theirs behind. */
export function condition<Row extends ObjectLiteral>(
  repository: Repository<Row>,
  where: Where<Row>,
  values: unknown[],
): string {
  const conditions = Object.entries(where).map(([property, wanted]: [string, unknown]) => {
    const column = repository.metadata.findColumnWithPropertyName(property)!;
    const name = `"${column.databaseName}"`;
    if (wanted === null) return `${name} IS NULL`;
    const several = Array.isArray(wanted);
    values.push(
      several
        ? wanted.map((one) => kept(repository, column, one))
        : kept(repository, column, wanted),
    );
    return several ? `${name} = ANY($${values.length})` : `${name} = $${values.length}`;
  });
  return conditions.join(' AND ');
}
