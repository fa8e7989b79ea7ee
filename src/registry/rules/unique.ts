import type { Finding } from '../fault.ts';
import type { Rule } from '../parts.ts';

/** A login, a code and a name stand for one thing only. */
export const unique: Rule = ({ settings, officials, agencies, templates }) => [
  ...repeated(
    'login',
    [],
    officials.map(({ index, record }) => [index, record.login]),
  ).map((finding) => ({ file: 'officials.yaml' as const, ...finding })),
  ...(['code', 'name', 'shortName'] as const).flatMap((field) =>
    repeated(
      field,
      [],
      agencies.map(({ index, record }) => [index, record[field]]),
    ).map((finding) => ({ file: 'agencies.yaml' as const, ...finding })),
  ),
  ...repeated(
    'code',
    [],
    templates.map(({ index, record }) => [index, record.code]),
  ).map((finding) => ({ file: 'templates.yaml' as const, ...finding })),
  ...(['topics', 'municipalities'] as const).flatMap((list) =>
    (['code', 'name'] as const).flatMap((field) =>
      repeated(
        field,
        [list],
        (settings?.[list] ?? []).map((item, i) => [i, item[field]]),
      ).map((finding) => ({ file: 'region.yaml' as const, ...finding })),
    ),
  ),
];

function repeated(field: string, at: string[], values: [number, string][]): Finding[] {
  const seen = new Set<string>();
  return values.flatMap(([index, value]) => {
    if (!seen.has(value)) {
      seen.add(value);
      return [];
    }
    const message = `поле «${field}»: «${value}» уже занято записью выше; допустимо: значение, которого в файле ещё нет`;
    return [{ path: [...at, index, field], message }];
  });
}
