import { escapeHtml } from '../../procedure/escape-html.ts';
import { LONGEST_TEMPLATE, LONGEST_TITLE } from '../../registry/templates.ts';
import type { TemplateContent } from '../../templates/template.ts';
import { choice, type Names } from './templates.ts';
import { tokenField } from './token-field.ts';

/** The form of a new template or, with `version`, of one that is edited. */
export function templateForm(given: {
  action: string;
  content: TemplateContent;
  version?: number | undefined;
  /** Why the last try was refused. */
  refusal?: string;
  names: Names;
  token: string;
}): string {
  const { action, content, version, refusal, names, token } = given;
  const { title, topic, network, text } = content;
  return `${refusal === undefined ? '' : `<p class="refusal" role="alert" id="refusal">${escapeHtml(refusal)}</p>`}
    <form class="template" method="post" action="${action}">${tokenField(token)}
    ${version === undefined ? '' : `<input type="hidden" name="version" value="${version}">`}
    <label>Название<input name="title" required maxlength="${LONGEST_TITLE}" value="${escapeHtml(title)}"></label>
    ${choice('Тема', 'topic', names.topics, topic, 'любая')}
    ${choice('Сеть', 'network', names.networks, network, 'любая')}
    <label>Текст<textarea name="text" required maxlength="${LONGEST_TEMPLATE}" rows="12"
      aria-describedby="hint">${escapeHtml(text)}</textarea></label>
    <p class="muted" id="hint">До ${LONGEST_TEMPLATE} знаков. Что исполнитель заполняет сам, пишите в [квадратных
      скобках]: ответ с незаполненным местом не опубликуется.</p>
    <p><button class="primary">Сохранить</button> <a href="/templates">Отмена</a></p></form>${STYLE}`;
}

const STYLE = `<style>
  .template label { display: block; margin: 1rem 0; }
  .template input:not([type=hidden]), .template select { display: block; width: 100%; font: inherit;
    box-sizing: border-box; padding: .5rem; margin-top: .25rem; }
  .template textarea { margin-top: .25rem; min-height: 16rem; }
</style>`;
