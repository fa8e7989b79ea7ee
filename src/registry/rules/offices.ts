import type { Rule, RegionParts, Violation } from '../parts.ts';
import { officialAt } from './reference.ts';

const NAMED = [
  ['governor', 'governor', 'не Губернатор (п. 15)'],
  ['departmentHead', 'department-head', 'не руководитель Департамента (п. 15)'],
  ['informationPolicyDeputy', 'deputy-governor', 'не заместитель Губернатора (п. 14)'],
] as const;

/** Clauses 14 and 15: whom the settings name holds that office. */
export const namedOffices: Rule = (region) =>
  NAMED.flatMap(([field, role, isNot]): Violation[] => {
    const login = region.settings?.[field];
    if (login === undefined) return [];
    const allowed = `логин с ролью ${role}`;
    const found = officialAt(region, login, allowed);
    if ('official' in found && (found.official?.role ?? role) === role) return [];
    const message =
      'message' in found ? found.message : `«${login}» ${isNot}; допустимо: ${allowed}`;
    return [{ file: 'region.yaml', path: [field], message }];
  });

/** One governor, one department head, somebody to curate. */
export const offices: Rule = (region) => {
  if (!region.complete.has('officials.yaml')) return [];
  return [
    ...onlyOne(region, 'governor'),
    ...onlyOne(region, 'department-head'),
    ...curator(region),
  ];
};

function onlyOne({ officials }: RegionParts, role: string): Violation[] {
  const [first, ...others] = officials.filter(({ record }) => record.role === role);
  if (!first) return [{ file: 'officials.yaml', path: [], message: nobody(role, 'ровно одно') }];
  return others.map(({ index, record }) => ({
    file: 'officials.yaml',
    path: [index, 'role'],
    message: `роль «${role}» указана и у «${first.record.login}», и у «${record.login}»; допустимо: ровно одно должностное лицо с этой ролью`,
  }));
}

function curator({ officials }: RegionParts): Violation[] {
  if (officials.some(({ record }) => record.role === 'curator')) return [];
  return [{ file: 'officials.yaml', path: [], message: nobody('curator', 'хотя бы одно') }];
}

const nobody = (role: string, number: string): string =>
  `нет должностного лица с ролью «${role}»; допустимо: ${number}`;

/** Clause 2: one agency is the curator. */
export const curatorAgency: Rule = ({ agencies, complete }) => {
  if (!complete.has('agencies.yaml')) return [];
  const [first, ...others] = agencies.filter(({ record }) => record.curator);
  if (!first) {
    const message =
      'ни один орган не отмечен как куратор (п. 2); допустимо: curator: true у одного';
    return [{ file: 'agencies.yaml', path: [], message }];
  }
  return others.map(({ index, record }) => ({
    file: 'agencies.yaml',
    path: [index, 'curator'],
    message: `куратором отмечены и «${first.record.code}», и «${record.code}» (п. 2); допустимо: curator: true у одного органа`,
  }));
};
