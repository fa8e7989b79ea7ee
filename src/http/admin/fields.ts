/** A field of a form on the page of the registry; `name` is its path within the record. */
export interface Field {
  name: string;
  label: string;
  hint?: string;
  /** A list has one item a line. */
  kind: 'text' | 'long' | 'list' | 'flag' | 'choice';
  /** Of a choice: value and label. */
  options?: readonly (readonly [value: string, label: string])[];
  /** Cannot be changed once the record is there. */
  fixed?: boolean;
  /** Left empty, it is not there. */
  optional?: boolean;
}

/** What a form shows and sends: text by the field's name; a flag is `on` or nothing. */
export type Values = Record<string, string>;

/** Reads the value at a dotted path. */
export const at = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((inner, key) => (inner as Record<string, unknown>)?.[key], value);

/** A text, a number or a list as a field shows it; nothing for what is not there. */
export const textOf = (value: unknown): string =>
  Array.isArray(value)
    ? value.map(textOf).join('\n')
    : typeof value === 'string' || typeof value === 'number'
      ? String(value)
      : '';

/** The items of a list that a person sent. */
export const itemsOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** Sets the value at a dotted path; undefined takes it away. */
export function put(record: Record<string, unknown>, path: string, value: unknown): void {
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const inner = keys.reduce<Record<string, unknown>>((outer, key) => {
    outer[key] ??= {};
    return outer[key] as Record<string, unknown>;
  }, record);
  if (value === undefined) delete inner[last];
  else inner[last] = value;
}

/** What a person sent for a field. */
export const sent = (body: Record<string, unknown>, name: string): string => {
  const value = body[name];
  return typeof value === 'string' ? value.replace(/\0|\p{Surrogate}/gu, '').trim() : '';
};
