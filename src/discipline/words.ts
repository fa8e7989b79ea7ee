import type { Shortcoming } from '../db/entities/shortcoming.ts';

/** The state of a shortcoming as staff read it. */
export const SHORTCOMING_STATUSES: Record<Shortcoming['status'], string> = {
  open: 'ждёт решения',
  instructed: 'устраняется',
  overdue: 'не устранён в срок',
  remedied: 'устранён',
  measure: 'применена мера',
  unfounded: 'не подтвердился',
  withdrawn: 'снят куратором',
};

export const DECISIONS: Record<NonNullable<Shortcoming['decision']>, string> = {
  instruction: 'Поручено устранить недостаток',
  measure: 'Мера дисциплинарного воздействия',
  unfounded: 'Недостаток не подтвердился',
};

export const KINDS: Record<Shortcoming['kind'], string> = {
  deadline: 'Нарушение срока',
  substance: 'По существу',
};

/** What a curator may find at fault in an answer (clauses 11, 12). */
export const GROUNDS = {
  inaccurate: 'Недостоверные сведения',
  incomplete: 'Неполный ответ',
  'off-subject': 'Ответ не по существу',
  form: 'Ответ не соответствует формату сети',
  other: 'Иной недостаток',
} as const;
