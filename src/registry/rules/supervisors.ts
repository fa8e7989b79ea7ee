import type { Rule } from '../parts.ts';
import { officialAt } from './reference.ts';

const ALLOWED = 'логин с ролью deputy-governor';

/** Clause 13: a deputy governor supervises every agency. */
export const supervisors: Rule = (region) =>
  region.agencies.flatMap(({ index, record: { supervisor } }) => {
    const found = officialAt(region, supervisor, ALLOWED);
    if ('official' in found && (found.official?.role ?? 'deputy-governor') === 'deputy-governor') {
      return [];
    }
    const message =
      'message' in found
        ? found.message
        : `«${supervisor}» не заместитель Губернатора, курировать орган не может (п. 13); допустимо: ${ALLOWED}`;
    return [{ file: 'agencies.yaml' as const, path: [index, 'supervisor'], message }];
  });
