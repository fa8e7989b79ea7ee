import type { Rule } from '../parts.ts';
import { officialAt } from './reference.ts';

const ALLOWED = 'логин с ролью executor, должность не ниже заместителя руководителя органа';
const RANKS = ['head', 'deputy-head'];

/** Clause 3: an executor's post is not below deputy head. */
export const executorRank: Rule = ({ officials }) =>
  officials
    .filter(({ record: { role, rank } }) => role === 'executor' && !RANKS.includes(rank))
    .map(({ index, record: { login, rank } }) => ({
      file: 'officials.yaml',
      path: [index, 'rank'],
      message: `исполнитель «${login}»: уровень должности «${rank}» не подходит — исполнителем назначается руководитель органа или его заместитель (п. 3); допустимо: ${RANKS.join(', ')}`,
    }));

/** Clause 3: every agency has an executor, and it is not the one who approves drafts. */
export const executorRole: Rule = (region) =>
  region.agencies.flatMap(({ index, record: { executor } }) => {
    const found = officialAt(region, executor, ALLOWED);
    const message = 'message' in found ? found.message : roleFault(executor, found.official?.role);
    return message === null
      ? []
      : [{ file: 'agencies.yaml' as const, path: [index, 'executor'], message }];
  });

function roleFault(login: string, role: string | undefined): string | null {
  if (role === undefined || role === 'executor') return null;
  const why =
    role === 'curator' || role === 'department-head'
      ? 'готовить проект ответа и принимать его не может одно лицо'
      : `у него роль «${role}»`;
  return `«${login}» не может быть исполнителем: ${why}; допустимо: ${ALLOWED}`;
}

/** One person under two logins, as executor and as curator, would approve what they wrote. */
export const executorIsNotCurator: Rule = ({ officials }) => {
  const curators = new Map(
    officials
      .filter(({ record }) => record.role === 'curator')
      .map(({ record }) => [record.email.toLowerCase(), record.login]),
  );
  return officials.flatMap(({ index, record: { role, login, email } }) => {
    const curator = curators.get(email.toLowerCase());
    if (role !== 'executor' || curator === undefined) return [];
    const message = `у исполнителя «${login}» и куратора «${curator}» один адрес «${email}»: готовить проект ответа и принимать его не может одно лицо; допустимо: свой адрес у каждого`;
    return [{ file: 'officials.yaml' as const, path: [index, 'email'], message }];
  });
};
