import { escapeHtml } from '../procedure/escape-html.ts';
import { excerptLine } from '../procedure/excerpt-line.ts';
import { localTime } from '../procedure/local-time.ts';
import { STATUS_NAMES } from '../procedure/status-names.ts';
import { periodWords, toAddress, withoutPeriod, type Filters } from './filters.ts';
import { isOfNow, LISTS, type Listing, type ListRow } from './lists.ts';
import type { DashboardNames } from './names.ts';
import { AT_NAMES, LIST_NAMES } from './words.ts';

/** What the page of a list shows. */
export interface ListPage {
  listing: Listing;
  filters: Filters;
  names: DashboardNames;
  rows: ListRow[];
  /** Null: this is the last page. */
  next: string | null;
  /** The page begins further down. */
  further: boolean;
}

const LONGEST = 140;

const FIELDS = {
  agency: ['Орган', 'Все органы'],
  network: ['Сеть', 'Все сети'],
  topic: ['Тема', 'Все темы'],
  municipality: ['Муниципалитет', 'Все муниципалитеты'],
} as const;

/** The list as HTML; works without scripts. */
export function listPage({ listing, filters, names, rows, next, further }: ListPage): string {
  const { list } = listing;
  const address = toAddress(filters, listingAddress(listing));
  const dashboard = toAddress(isOfNow(list) ? withoutPeriod(filters) : filters);
  return `<div class="wide list-page"><p class="muted period">${periodOf(listing, filters)}</p>
    <form class="filters" method="get" action="/messages" aria-label="Отбор">
    ${select('list', 'Список', LIST_NAMES, list, LISTS)}
    ${isOfNow(list) ? '' : dates(filters)}
    ${Object.entries(FIELDS)
      .map(([field, [label, all]]) => {
        const values = names[field as keyof typeof FIELDS];
        const chosen = filters[field as keyof typeof FIELDS] ?? '';
        return select(field, label, { '': all, ...values }, chosen, ['', ...Object.keys(values)]);
      })
      .join('')}
    ${select('late', 'Соблюдение срока', { '': 'Все', yes: 'С нарушением', no: 'В срок' }, listing.late === null ? '' : listing.late ? 'yes' : 'no', ['', 'no', 'yes'])}
    <div class="act"><button class="primary">Показать</button>
    <a href="/messages.xlsx?${escapeHtml(address)}" download>Выгрузить в XLSX</a>
    <a href="/?${escapeHtml(dashboard)}">К обзору</a></div></form>
    ${rows.length === 0 ? '<p class="empty">Таких сообщений нет.</p>' : table(list, names, rows)}
    <nav class="pages" aria-label="Страницы">
    ${further ? `<a href="/messages?${escapeHtml(address)}">В начало списка</a>` : ''}
    ${next === null ? '' : `<a class="primary" rel="next" href="/messages?${escapeHtml(`${address}&after=${encodeURIComponent(next)}`)}">Дальше</a>`}
    </nav></div>`;
}

/** The listing as it stands in an address. */
export const listingAddress = ({ list, late }: Listing): Record<string, string> => ({
  list,
  ...(late !== null && { late: late ? 'yes' : 'no' }),
});

const periodOf = ({ list }: Listing, filters: Filters): string =>
  isOfNow(list) ? 'По состоянию на этот момент' : periodWords(filters);

function select(
  name: string,
  label: string,
  names: Record<string, string>,
  chosen: string,
  order: readonly string[],
): string {
  const options = order.map((value) => {
    const mark = value === chosen ? ' selected' : '';
    return `<option value="${escapeHtml(value)}"${mark}>${escapeHtml(names[value] ?? value)}</option>`;
  });
  return `<label>${label}<select name="${name}">${options.join('')}</select></label>`;
}

const dates = ({ from, to }: Filters): string =>
  `<label>С<input type="date" name="from" value="${from}"></label>
   <label>По<input type="date" name="to" value="${to}"></label>`;

function table(list: Listing['list'], names: DashboardNames, rows: ListRow[]): string {
  const time = (at: Date | null) => (at === null ? '—' : localTime(at, names.zone));
  const clocks = ['received', 'rework', 'clause6', 'clause8', 'clause9'].includes(list);
  const lines = rows.map((row) => {
    const { late } = row;
    const marked = late && list !== 'shortcomings';
    return `<tr><td data-name="${AT_NAMES[list]}" class="time${marked ? ' late' : ''}">${time(row.at)}${
      marked ? ' <span class="tag">нарушен</span>' : ''
    }</td>
      ${clocks ? `<td data-name="Срок" class="time">${time(row.dueAt)}</td>` : ''}
      <td class="text"><a href="/messages/${row.messageId}">${escapeHtml(excerptLine(row.text, LONGEST))}</a></td>
      <td data-name="Орган">${escapeHtml(row.agencies ?? '—')}</td>
      <td data-name="Сеть">${escapeHtml(names.network[row.network] ?? row.network)}</td>
      <td data-name="Тема">${escapeHtml(nameOf(names.topic, row.topic))}</td>
      <td data-name="Муниципалитет">${escapeHtml(nameOf(names.municipality, row.municipality))}</td>
      <td data-name="Состояние">${escapeHtml(STATUS_NAMES[row.status] ?? row.status)}</td></tr>`;
  });
  return `<table class="stacks list"><thead><tr><th scope="col">${AT_NAMES[list]}</th>
    ${clocks ? '<th scope="col">Срок</th>' : ''}<th scope="col">Сообщение</th><th scope="col">Орган</th>
    <th scope="col">Сеть</th><th scope="col">Тема</th><th scope="col">Муниципалитет</th>
    <th scope="col">Состояние</th></tr></thead><tbody>${lines.join('')}</tbody></table>`;
}

export const nameOf = (names: Record<string, string>, code: string | null): string =>
  code === null ? '—' : (names[code] ?? code);
