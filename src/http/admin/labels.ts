import type { RANKS, ROLES } from '../../registry/officials.ts';

export const RANK_NAMES: Record<(typeof RANKS)[number], string> = {
  governor: 'Губернатор',
  'deputy-governor': 'заместитель Губернатора',
  head: 'руководитель органа',
  'deputy-head': 'заместитель руководителя органа',
  'division-head': 'начальник отдела',
  specialist: 'специалист',
};

export const ROLE_NAMES: Record<(typeof ROLES)[number], string> = {
  executor: 'исполнитель',
  curator: 'куратор',
  'department-head': 'руководитель Департамента',
  'deputy-governor': 'заместитель Губернатора',
  governor: 'Губернатор',
};

/** Weekdays in the order in which people read them. */
export const WEEKDAY_NAMES = {
  mon: 'Понедельник',
  tue: 'Вторник',
  wed: 'Среда',
  thu: 'Четверг',
  fri: 'Пятница',
  sat: 'Суббота',
  sun: 'Воскресенье',
} as const;
