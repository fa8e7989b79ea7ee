import { escapeHtml } from '../../procedure/escape-html.ts';
import type { RegionSource } from '../../registry/source.ts';
import { tokenField } from '../views/token-field.ts';
import type { Field, Values } from './fields.ts';
import { RECORDS, type Records } from './records.ts';
import { spoken } from './spoken.ts';

/** What is wrong with a form: at a field, or with the registry as a whole under ''. */
export type Faults = Record<string, string[]>;

export const ADMIN_STYLE = `<style>
  .tabs { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 0 0 1.5rem; }
  .tabs a[aria-current] { color: inherit; font-weight: 600; text-decoration: none; }
  .registry label, .registry .flag { display: block; margin: 1rem 0; max-width: 40rem; }
  .registry input:not([type=checkbox], [type=hidden]), .registry select, .registry textarea {
    display: block; width: 100%; box-sizing: border-box; font: inherit; padding: .5rem; margin-top: .25rem; }
  .registry small { display: block; opacity: .75; }
  .registry [aria-invalid=true] { outline: 2px solid var(--late); }
  .registry .fault { color: var(--late); display: block; margin-top: .25rem; }
  .registry fieldset { border: 1px solid var(--line); border-radius: 6px; margin: 1rem 0; padding: .25rem 1rem 1rem; max-width: 42rem; }
  .registry pre { white-space: pre-wrap; font: inherit; margin: 0; }
  .history td { overflow-wrap: anywhere; }
  .removal { margin-top: 1.5rem; }
  .removal summary { color: var(--late); cursor: pointer; }
  button.danger { background: none; color: var(--late); border: 1px solid currentColor; border-radius: 6px; }
</style>`;

const TABS: readonly [path: string, name: string][] = [
  ...RECORDS.map(({ path, title }): [string, string] => [path, title]),
  ['search', 'Слова для поиска'],
  ['limits', 'Сроки'],
  ['networks', 'Социальные сети'],
  ['history', 'История'],
];

/** The parts of the page; templates are a page of their own. */
export const tabs = (current: string): string =>
  `<nav class="tabs wide" aria-label="Управление">${TABS.map(
    ([path, name]) =>
      `<a href="/admin/${path}"${path === current ? ' aria-current="page"' : ''}>${name}</a>`,
  ).join('')}<a href="/templates">Шаблоны ответов</a></nav>`;

export function recordsView(records: Records, source: RegionSource, mayChange: boolean): string {
  const rows = records.list(source).map(
    ({ key, name, caption }) =>
      `<tr><td><a href="/admin/${records.path}/${encodeURIComponent(key)}">${escapeHtml(name)}</a></td>
       <td class="muted">${escapeHtml(caption)}</td></tr>`,
  );
  return `${tabs(records.path)}
    ${mayChange ? `<p><a class="primary" href="/admin/${records.path}/new">${records.newTitle}</a></p>` : ''}
    <table class="stacks">${rows.join('')}</table>`;
}

interface FormView {
  groups: readonly { title?: string; fields: readonly Field[] }[];
  values: Values;
  faults: Faults;
  /** Null: it can be read only. */
  token: string | null;
  version: number;
  /** The record is there already: its key does not change. */
  present: boolean;
  /** Where removing is sent; absent: it cannot be removed. */
  remove?: string;
}

/** A form with what is wrong at its fields. */
export function formView({
  groups,
  values,
  faults,
  token,
  version,
  present,
  remove,
}: FormView): string {
  const hidden =
    token === null
      ? ''
      : `${tokenField(token)}<input type="hidden" name="version" value="${version}">`;
  const inputs = groups.map(({ title, fields }) => {
    const body = fields
      .map((field) =>
        fieldView(
          field,
          values[field.name] ?? '',
          faults[field.name] ?? [],
          token === null || (present && field.fixed === true),
        ),
      )
      .join('');
    return title === undefined ? body : `<fieldset><legend>${title}</legend>${body}</fieldset>`;
  });
  const own = faultsView(faults[''] ?? []);
  const save = token === null ? '' : '<p><button class="primary">Сохранить</button></p>';
  const removal =
    token === null || remove === undefined
      ? ''
      : `<details class="removal"><summary>Исключить из реестра…</summary><form method="post" action="${remove}">${hidden}<p>Запись больше нельзя будет выбрать; в истории реестра она останется.</p><p><button class="danger">Исключить</button></p></form></details>`;
  return `<div class="registry">${own}<form method="post" action="">${hidden}${inputs.join('')}${save}</form>${removal}</div>`;
}

const faultsView = (faults: readonly string[]): string =>
  faults.length === 0
    ? ''
    : `<div class="refusal" role="alert">${faults.map((fault) => `<pre>${escapeHtml(fault)}</pre>`).join('')}</div>`;

function fieldView(field: Field, value: string, faults: readonly string[], fixed: boolean): string {
  const { name, label, kind, options = [] } = field;
  const hint = spoken(value) ?? field.hint;
  const id = `f-${name.replaceAll('.', '-')}`;
  const described = [hint ? `${id}-hint` : '', faults.length > 0 ? `${id}-fault` : ''].filter(
    Boolean,
  );
  const attributes = [
    `id="${id}" name="${name}"`,
    described.length > 0 ? `aria-describedby="${described.join(' ')}"` : '',
    faults.length > 0 ? 'aria-invalid="true"' : '',
    fixed ? 'disabled' : '',
  ].join(' ');
  const notes = `${hint ? `<small id="${id}-hint">${escapeHtml(hint)}</small>` : ''}
    ${faults.length > 0 ? `<span class="fault" id="${id}-fault">${escapeHtml(faults.join(' '))}</span>` : ''}`;
  if (kind === 'flag') {
    return `<div class="flag"><input type="checkbox" ${attributes} ${value === 'on' ? 'checked' : ''}>
      <label style="display: inline" for="${id}">${label}</label>${notes}</div>`;
  }
  const known = options.some(([code]) => code === value);
  const choices = known ? options : [[value, value || 'не выбрано'] as const, ...options];
  const input =
    kind === 'long' || kind === 'list'
      ? `<textarea ${attributes} rows="${kind === 'list' ? Math.max(4, value.split('\n').length) : 4}">${escapeHtml(value)}</textarea>`
      : kind === 'choice'
        ? `<select ${attributes}>${choices
            .map(
              ([code, text]) =>
                `<option value="${escapeHtml(code)}"${code === value ? ' selected' : ''}>${escapeHtml(text)}</option>`,
            )
            .join('')}</select>`
        : `<input ${attributes} value="${escapeHtml(value)}">`;
  return `<label>${label}${input}${notes}</label>`;
}
