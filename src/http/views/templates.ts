import { escapeHtml } from '../../procedure/escape-html.ts';
import { localTime } from '../../procedure/local-time.ts';
import type { Template, TemplateContent, TemplateVersion } from '../../templates/template.ts';
import { tokenField } from './token-field.ts';

/** Names of topics and networks by code. */
export interface Names {
  topics: Record<string, string>;
  networks: Record<string, string>;
}

export function templateList(
  templates: readonly Template[],
  {
    names,
    chosen,
    edits,
  }: { names: Names; chosen: { topic: string | null; network: string | null }; edits: boolean },
): string {
  const rows = templates.map(
    (it) => `<tr><td><a href="/templates/${it.id}">${escapeHtml(it.title)}</a>${
      it.withdrawnAt === null ? '' : ' <span class="late">отозван</span>'
    }</td><td data-name="Для чего">${escapeHtml(purposeOf(it, names))}</td>
      <td data-name="Использован">${it.uses}</td></tr>`,
  );
  const table =
    rows.length === 0
      ? '<p>Подходящих шаблонов нет.</p>'
      : `<table class="stacks"><thead><tr><th scope="col">Шаблон</th><th scope="col">Для чего</th>
         <th scope="col">Использован, раз</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
  return `<p>Шаблон помогает ответить по существу и понятно. Исполнитель выбирает его в задаче «Подготовить
      проект ответа»; места в [квадратных скобках] нужно заполнить.</p>
    ${edits ? '<p><a class="primary" href="/templates/new">Новый шаблон</a></p>' : ''}
    <form method="get" action="/templates" class="choices">
      ${choice('Тема', 'topic', names.topics, chosen.topic, 'все темы')}
      ${choice('Сеть', 'network', names.networks, chosen.network, 'все сети')}
      <button>Показать</button></form>${CHOICES}${table}`;
}

const CHOICES = `<style>
  .choices { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: end; margin: 1rem 0; }
  .choices label { display: grid; gap: .25rem; min-width: 0; max-width: 100%; }
  .choices select { font: inherit; padding: .4rem; width: 100%; box-sizing: border-box; min-width: 0; }
</style>`;

/** A list to choose from; `any` stands for none chosen. */
export function choice(
  label: string,
  name: string,
  options: Record<string, string>,
  chosen: string | null,
  any: string,
): string {
  const items = Object.entries(options).map(
    ([code, text]) =>
      `<option value="${escapeHtml(code)}"${code === chosen ? ' selected' : ''}>${escapeHtml(text)}</option>`,
  );
  return `<label>${label}<select name="${name}"><option value="">${any}</option>${items.join('')}</select></label>`;
}

export function templatePage(
  template: Template,
  versions: readonly TemplateVersion[],
  { names, zone, token }: { names: Names; zone: string; token: string | null },
): string {
  const { id, text, uses, withdrawnAt } = template;
  const withdrawn =
    withdrawnAt === null
      ? ''
      : `<p class="notice">Шаблон отозван ${localTime(withdrawnAt, zone)}: исполнители его не видят.</p>`;
  const older = versions.map(
    (it) => `<tr><td>${it.version}</td><td data-name="Когда">${localTime(it.editedAt, zone)}</td>
      <td data-name="Кто">${escapeHtml(it.editedBy)}</td><td data-name="Использована">${it.uses}</td>
      <td data-name="Текст"><details><summary>${escapeHtml(it.title)}</summary>
        <p class="muted">${escapeHtml(purposeOf(it, names))}</p>
        <blockquote>${escapeHtml(it.text)}</blockquote></details></td></tr>`,
  );
  return `${withdrawn}<p>${escapeHtml(purposeOf(template, names))} · использован: ${uses}</p>
    <blockquote>${escapeHtml(text)}</blockquote>
    ${token === null ? '' : actions(id, withdrawnAt !== null, token)}
    <h2>Версии</h2><table class="stacks"><thead><tr><th scope="col">№</th><th scope="col">Когда</th>
      <th scope="col">Кто</th><th scope="col">Использована, раз</th><th scope="col">Текст</th></tr></thead>
      <tbody>${older.join('')}</tbody></table>
    <p><a href="/templates">Все шаблоны</a></p>`;
}

const actions = (id: string, withdrawn: boolean, token: string): string =>
  `<form method="post" action="/templates/${id}/${withdrawn ? 'restore' : 'withdraw'}">${tokenField(token)}
   <a class="primary" href="/templates/${id}/edit">Изменить</a>
   <button>${withdrawn ? 'Вернуть исполнителям' : 'Отозвать'}</button></form>`;

const purposeOf = (
  { topic, network }: Pick<TemplateContent, 'topic' | 'network'>,
  { topics, networks }: Names,
): string =>
  [
    topic === null ? 'любая тема' : (topics[topic] ?? topic),
    network === null ? 'любая сеть' : (networks[network] ?? network),
  ].join(', ');
