import { UNKNOWN } from './facts.ts';
import { DIMENSIONS, type Filters } from './filters.ts';

/** The parameters of a query, in the order in which it names them. */
export class Parameters {
  readonly values: unknown[] = [];

  /** The placeholder of one more value. */
  add(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}

/** The conditions on the message `m` that the filters make, each with ` and ` before it. */
export function messageConditions(filters: Partial<Filters>, parameters: Parameters): string {
  return DIMENSIONS.flatMap((dimension) => {
    const value = filters[dimension];
    if (value === undefined) return [];
    return value === UNKNOWN
      ? ` and m.${dimension} is null`
      : ` and m.${dimension} = ${parameters.add(value)}`;
  }).join('');
}
