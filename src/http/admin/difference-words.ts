import { networkNames } from '../../procedure/card.ts';
import type { Difference } from '../../registry/differences.ts';
import type { RegionSource } from '../../registry/source.ts';
import type { Field } from './fields.ts';
import { LIMITS } from './limits-form.ts';
import { RECORDS } from './records.ts';
import { SEARCH } from './search-form.ts';
import { spoken } from './spoken.ts';

/** A difference as people read it: what it is about, and how it was and is; null: not there. */
export interface DifferenceWords {
  subject: string;
  before: string | null;
  after: string | null;
}

const SWITCHES: Record<string, string> = { canRead: 'чтение', canReply: 'публикация' };
const SWITCHED: Record<string, string> = { true: 'включено', false: 'выключено' };
const FLAGS: Record<string, string> = { true: 'да', false: 'нет' };

/** Says a difference with the labels of the forms; `source` is the registry as it was afterwards. */
export function differenceWords(difference: Difference, source: RegionSource): DifferenceWords {
  const { file, path, before, after } = difference;
  if (file === 'networks') {
    const [code = '', what = ''] = path.split('.');
    const words = (value: string | null) => value && (SWITCHED[value] ?? value);
    const subject = `${networkNames[code] ?? code}, ${SWITCHES[what] ?? what}`;
    return { subject, before: words(before), after: words(after) };
  }
  const { names, field } = placeOf(difference, source);
  const words = (value: string | null) => value && valueWords(value, field);
  const subject = field === null ? path : [...names, field.label].join(', ');
  return { subject, before: words(before), after: words(after) };
}

function placeOf(
  { file, path }: Difference,
  source: RegionSource,
): { names: string[]; field: Field | null } {
  const records = RECORDS.find(
    (it) => it.file === file && (it.part === undefined || path.startsWith(`${it.part}.`)),
  );
  if (records === undefined || path === records.part) {
    const forms = file === 'region.yaml' ? [SEARCH, LIMITS] : [];
    const fields = forms.flatMap((form) => form.groups(source).flatMap((group) => group.fields));
    return { names: [], field: fields.find(({ name }) => name === path) ?? null };
  }
  const { part } = records;
  const [key = '', ...rest] = path.slice(part === undefined ? 0 : part.length + 1).split('.');
  const record = records.find(source, key);
  const within = rest.join('.');
  const field = records
    .fields(source)
    .find(({ name }) => within === name || within.startsWith(`${name}.`));
  return { names: [record === undefined ? key : records.titleOf(record)], field: field ?? null };
}

function valueWords(value: string, field: Field | null): string {
  const label = field?.options?.find(([code]) => code === value)?.[1];
  return label ?? (field?.kind === 'flag' ? FLAGS[value] : null) ?? spoken(value) ?? value;
}
