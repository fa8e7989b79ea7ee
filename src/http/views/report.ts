import type { MonthlyReport } from '../../db/entities/monthly-report.ts';
import { escapeHtml } from '../../procedure/escape-html.ts';
import { monthlyCharts } from '../../report/charts.ts';
import { documentName, workbookName } from '../../report/file-names.ts';
import { monthTitle } from '../../report/month.ts';
import { prose, stateOf } from '../../report/prose.ts';
import { monthlyTables, type Table } from '../../report/tables.ts';
import { layout, type Frame } from './layout.ts';

const STATUS: Record<MonthlyReport['status'], string> = {
  compiled: 'Проект: ожидает проверки куратора.',
  approved: 'Утверждены куратором, месяц закрыт.',
  sent: 'Утверждены куратором и направлены заместителю Губернатора, месяц закрыт.',
};

const STYLE = `<style>
  .figures { font-variant-numeric: tabular-nums; overflow-x: auto; }
  .figures caption { text-align: left; font-weight: 600; padding: .5rem 0; }
  .figures th { vertical-align: bottom; font-weight: 600; font-size: .875rem; }
  .figures td:not(:first-child), .figures th:not(:first-child) { text-align: right; }
  .figures:not(.prose) td:not(:first-child) { white-space: nowrap; }
  .figures.prose td, .figures.prose th { text-align: left; }
  .figures tr.total { font-weight: 600; }
  figure { margin: 1.5rem 0; } figure img { width: 100%; max-width: 40rem; border-radius: 6px; }
  .files { display: flex; flex-wrap: wrap; gap: .75rem; }
</style>`;

/** The monthly data in the browser; `query` holds the key of whoever came by a link. */
export function reportPage(
  { month, status, snapshot }: Pick<MonthlyReport, 'month' | 'status' | 'snapshot'>,
  query: string,
  frame: Frame | null,
): string {
  const charts = monthlyCharts(snapshot);
  const file = (name: string, label: string) =>
    `<a class="primary" href="/reports/${month}/${name}${escapeHtml(query)}">${label}</a>`;
  const tables = monthlyTables(snapshot).map((table) => {
    const chart = charts.find(({ key }) => key === table.key);
    const picture = chart
      ? `<figure><img src="data:image/png;base64,${chart.png.toString('base64')}"
         width="${chart.width}" height="${chart.height}" alt="${escapeHtml(chart.title)}, числа — в таблице">
         <figcaption class="muted">${escapeHtml(chart.title)}</figcaption></figure>`
      : '';
    return `${tableOf(table)}${picture}`;
  });
  return layout(
    `Сводные данные за ${monthTitle(month)}`,
    `<p class="notice">${STATUS[status]} ${escapeHtml(stateOf(snapshot))}</p>
     <p class="files">${file(documentName(month), 'Документ (DOCX)')}
     ${file(workbookName(month), 'Рабочая книга (XLSX)')}</p>
     ${prose(snapshot)
       .map((text) => `<p>${escapeHtml(text)}</p>`)
       .join('')}
     ${tables.join('')}`,
    STYLE,
    frame,
  );
}

/** All months that there are. */
export function reportListPage(
  months: readonly Pick<MonthlyReport, 'month' | 'status'>[],
  frame: Frame | null,
): string {
  const items = months.map(
    ({ month, status }) =>
      `<li><a href="/reports/${month}">${monthTitle(month)}</a> <span class="muted">${STATUS[status]}</span></li>`,
  );
  return layout(
    'Сводные данные',
    items.length > 0
      ? `<ul>${items.join('')}</ul>`
      : '<p>Данных пока нет: они составляются в первый рабочий день месяца за прошедший месяц.</p>',
    '',
    frame,
  );
}

function tableOf({ title, head, rows, total, prose }: Table): string {
  const cells = (row: string[], tag: 'td' | 'th') =>
    row.map((text) => `<${tag}>${escapeHtml(text.replaceAll('\u00AD', ''))}</${tag}>`).join('');
  const lines = rows.map((row, index) => {
    const last = total && index === rows.length - 1;
    return `<tr${last ? ' class="total"' : ''}>${cells(row, 'td')}</tr>`;
  });
  return `<div class="wide figures${prose ? ' prose' : ''}" tabindex="0" role="region" aria-label="${escapeHtml(title)}"><table>
    <caption>${escapeHtml(title)}</caption><thead><tr>${cells(head, 'th')}</tr></thead>
    <tbody>${lines.join('')}</tbody></table></div>`;
}
