import type { AgencyFigures, MonthlyFigures, MonthlySnapshot } from '../procedure/monthly.ts';
import { COLUMNS } from './columns.ts';
import { nameIn, SECTIONS, sections } from './names.ts';

/** A figure by itself, as a correction names it. */
export interface Figure {
  name: string;
  value: number;
}

const AGENCY: Partial<Record<keyof AgencyFigures, string>> = {
  ...COLUMNS,
  latenessMs: 'Опоздание всех ответов',
  longestLatenessMs: 'Наибольшее опоздание',
};

/** Every figure of a month under a code of its own: `messages`, `agency|CODE|late`, `structure|topic|CODE`. */
export function flatFigures(
  figures: MonthlyFigures,
  names: MonthlySnapshot['names'],
): Map<string, Figure> {
  const flat = new Map<string, Figure>([
    ['messages', { name: 'Принято в работу сообщений', value: figures.messages }],
    ['answered', { name: 'Размещено ответов', value: figures.answered }],
  ]);
  for (const row of figures.byAgency) {
    for (const [column, title] of Object.entries(AGENCY)) {
      flat.set(`agency|${row.agency}|${column}`, {
        name: `${row.shortName}: ${lowerFirst(title)}`,
        value: row[column as keyof typeof COLUMNS],
      });
    }
  }
  for (const section of sections) {
    for (const [code, value] of Object.entries(figures.structure[section])) {
      const name = `Сообщений ${SECTIONS[section].title}: ${nameIn(names)(section, code)}`;
      flat.set(`structure|${section}|${code}`, { name, value });
    }
  }
  return flat;
}

/** Whether the figure is a duration in milliseconds. */
export const isDuration = (figure: string): boolean => figure.endsWith('atenessMs');

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
