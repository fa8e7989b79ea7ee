import type { Path } from '../../registry/fault.ts';
import type { Violation } from '../../registry/parts.ts';
import type { Field } from './fields.ts';
import type { Faults } from './views.ts';

/**
 * Puts each violation at the field of the form that it is about; `place` is where the form's record
 * stands in `file`. What is wrong elsewhere stands above the form.
 */
export function faultsAt(
  violations: readonly Violation[],
  file: Violation['file'],
  place: Path,
  fields: readonly Field[],
): Faults {
  const faults: Faults = {};
  for (const { file: where, path, message } of violations) {
    const own = where === file && place.every((key, index) => path[index] === key);
    const within = path.slice(place.length).join('.');
    const field = own
      ? fields.find(({ name }) => within === name || within.startsWith(`${name}.`))
      : undefined;
    const text = field || own ? message : `${where}: ${message}`;
    (faults[field?.name ?? ''] ??= []).push(text);
  }
  return faults;
}
