import { escapeHtml } from '../procedure/escape-html.ts';
import { excerptLine } from '../procedure/excerpt-line.ts';
import { localTime } from '../procedure/local-time.ts';
import type { Calendars } from '../registry/calendars.ts';
import { CLAUSES, registerAddress, STATES, type RegisterFilters } from './filters.ts';
import { REPEATED_WITHIN_DAYS, type RegisterRow } from './query.ts';
import { CLAUSE_NAMES, latenessIn, repeatedIn, STATE_NAMES } from './words.ts';

/** What the page of the register shows. */
export interface RegisterPage {
  filters: RegisterFilters;
  /** Names by code: of agencies in the reader's scope, of executors with a shortcoming there. */
  names: { agency: Record<string, string>; executor: Record<string, string> };
  zone: string;
  calendars: Calendars;
  /** The instant by which running clocks are counted. */
  at: Date;
  rows: RegisterRow[];
  /** Null: this is the last page. */
  next: string | null;
  /** The page begins further down. */
  further: boolean;
}

/** The register as HTML; works without scripts. */
export function registerPage(page: RegisterPage): string {
  const { filters, names, rows, next, further } = page;
  const address = registerAddress(filters);
  const { agency, executor, state, clause, from, to } = filters;
  return `<div class="wide list-page">
    <form class="filters" method="get" action="/shortcomings" aria-label="Отбор">
    <label>С<input type="date" name="from" value="${from ?? ''}"></label>
    <label>По<input type="date" name="to" value="${to ?? ''}"></label>
    ${select('agency', 'Орган', 'Все органы', names.agency, agency)}
    ${select('executor', 'Исполнитель', 'Все исполнители', names.executor, executor)}
    ${select('state', 'Состояние', 'Все состояния', only(STATE_NAMES, STATES), state)}
    ${select('clause', 'Пункт', 'Все пункты', only(CLAUSE_NAMES, CLAUSES), clause)}
    <div class="act"><button class="primary">Показать</button>
    <a href="/shortcomings.xlsx?${escapeHtml(address)}" download>Выгрузить в XLSX</a></div></form>
    ${rows.length === 0 ? `<p class="empty">${address === '' ? 'Недостатков нет.' : 'Таких недостатков нет.'}</p>` : tableOf(page)}
    <nav class="pages" aria-label="Страницы">
    ${further ? `<a href="/shortcomings?${escapeHtml(address)}">В начало списка</a>` : ''}
    ${next === null ? '' : `<a class="primary" rel="next" href="/shortcomings?${escapeHtml(registerAddress(filters, { after: next }))}">Дальше</a>`}
    </nav></div>`;
}

const only = (names: Record<string, string>, codes: readonly string[]): Record<string, string> =>
  Object.fromEntries(codes.map((code) => [`${code} `, names[code] ?? code]));

function select(
  name: string,
  label: string,
  all: string,
  names: Record<string, string>,
  chosen: string | undefined,
): string {
  const options = Object.entries(names).map(([key, words]) => {
    // A space keeps codes that are numbers in the order given.
    const code = key.trim();
    const mark = code === chosen ? ' selected' : '';
    return `<option value="${escapeHtml(code)}"${mark}>${escapeHtml(excerptLine(words, 70))}</option>`;
  });
  return `<label>${label}<select name="${name}"><option value="">${all}</option>${options.join('')}</select></label>`;
}

function tableOf({ rows, zone, calendars, at }: RegisterPage): string {
  const time = (it: Date | null) => (it === null ? '—' : localTime(it, zone));
  const lines = rows.map((row) => {
    const repeated = repeatedIn(row);
    const late = latenessIn(row, calendars, at);
    return `<tr${row.status === 'withdrawn' ? ' class="withdrawn"' : ''}>
      <td data-name="Выявлен" class="time">${time(row.openedAt)}</td>
      <td class="text"><a href="/shortcomings/${row.id}">${escapeHtml(excerptLine(row.description, 140))}</a>
        ${late === null ? '' : `<br><span class="muted">Превышен на ${late}</span>`}</td>
      <td data-name="Орган">${escapeHtml(row.agency)}</td>
      <td data-name="Исполнитель">${escapeHtml(row.executor ?? 'не назначен')}${
        repeated === null
          ? ''
          : `<br><span class="late">повторно: ${repeated}-й за ${REPEATED_WITHIN_DAYS} дней</span>`
      }</td>
      <td data-name="Состояние"${row.status === 'overdue' ? ' class="late"' : ''}>${STATE_NAMES[row.status]}</td>
      <td data-name="Устранить до" class="time">${time(row.remedyDueAt)}</td></tr>`;
  });
  return `<table class="stacks list"><thead><tr><th scope="col">Выявлен</th><th scope="col">Недостаток</th>
    <th scope="col">Орган</th><th scope="col">Исполнитель</th><th scope="col">Состояние</th>
    <th scope="col">Устранить до</th></tr></thead><tbody>${lines.join('')}</tbody></table>`;
}
