import { escapeMarkdown } from '../procedure/markdown.ts';
import type { MonthlySnapshot } from '../procedure/monthly.ts';
import { COLUMNS, columns, totals, type Totals } from './columns.ts';
import { monthTitle } from './month.ts';
import { nameIn, SECTIONS, sections } from './names.ts';
import { prose, stateOf } from './prose.ts';

const BUDGET = 7_000;

/**
 * The figures as Markdown for the curator's form, with the link to the page that has them all; whatever
 * is too much for the form is said to be left out.
 */
export function monthlySummary(snapshot: MonthlySnapshot, link: string): string {
  const { figures, month, corrections } = snapshot;
  const name = nameIn(snapshot.names);
  const busy = figures.byAgency.filter((row) => columns.some((column) => row[column] > 0));
  return fit([
    `**Сводные данные за ${monthTitle(month)}** (п. 14 Порядка) · [открыть полностью, скачать документ и книгу](<${link}>)`,
    ...[...prose(snapshot), stateOf(snapshot)].map(escapeMarkdown),
    ...(corrections.length > 0
      ? [`**Уточнений за закрытые месяцы:** ${corrections.length} (перечислены в документе)`]
      : []),
    `**Всего по органам:** ${counts(totals(figures.byAgency))}`,
    ...sections.map((section) => {
      const told = Object.entries(figures.structure[section])
        .sort(([a, n], [b, m]) => m - n || a.localeCompare(b))
        .map(([code, count]) => `${escapeMarkdown(name(section, code))} — ${count}`);
      return `**Сообщений ${SECTIONS[section].title}:** ${told.join('; ') || 'нет данных'}`;
    }),
    ...busy.map((row) => `**${escapeMarkdown(row.shortName)}:** ${counts(row)}`),
  ]);
}

const counts = (row: Totals): string =>
  columns
    .filter((column) => row[column] > 0)
    .map((column) => `${COLUMNS[column].toLowerCase()} — ${row[column]}`)
    .join(', ') || 'нет данных';

function fit(lines: readonly string[]): string {
  const kept: string[] = [];
  let length = 0;
  for (const line of lines) {
    length += line.length + 2;
    if (length > BUDGET) return [...kept, '… полностью — по ссылке'].join('\n\n');
    kept.push(line);
  }
  return kept.join('\n\n');
}
