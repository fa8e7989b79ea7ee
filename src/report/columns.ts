import type { AgencyFigures } from '../procedure/monthly.ts';

/** The figures of an agency that are counts, as people read them. */
export const COLUMNS = {
  received: 'Получено поручений',
  answered: 'Подготовлено ответов',
  inTime: 'Подготовлено в срок',
  late: 'Сроков нарушено',
  outstanding: 'Не исполнено к концу месяца',
  returns: 'Возвращено',
  lateReturns: 'Возвращено с опозданием',
  acceptedReturns: 'Возвратов принято',
  reworkRounds: 'Направлено на доработку',
  shortcomings: 'Выявлено недостатков',
  instructions: 'Дано поручений об устранении',
  measures: 'Применено мер',
} as const satisfies Partial<Record<keyof AgencyFigures, string>>;

export type Column = keyof typeof COLUMNS;
export const columns = Object.keys(COLUMNS) as Column[];

export type Totals = Record<Column | 'latenessMs' | 'longestLatenessMs', number>;

/** The figures of all agencies together. */
export function totals(rows: readonly AgencyFigures[]): Totals {
  const sum = (key: Column | 'latenessMs') => rows.reduce((all, row) => all + row[key], 0);
  return {
    ...(Object.fromEntries(columns.map((key) => [key, sum(key)])) as Record<Column, number>),
    latenessMs: sum('latenessMs'),
    longestLatenessMs: Math.max(0, ...rows.map((row) => row.longestLatenessMs)),
  };
}
