import { elements, type Element } from '../../../engine/contract.ts';
import { escapeHtml } from '../../../procedure/escape-html.ts';

/** Where a message is in the diagram, by ids of elements. */
export interface Progress {
  passed: readonly string[];
  current: readonly string[];
}

const byId = new Map<string, Element>(elements.map((it) => [it.id, it]));

/**
 * The message's process as a drawing (made by `web/process.ts`) and in words, which say the same to
 * those who do not see it.
 */
export function processOf({ passed, current }: Progress): string {
  const now = namesOf(current);
  const steps = namesOf(passed);
  return `<section aria-labelledby="process-title"><h2 id="process-title">Ход работы</h2>
    <p>${now.length > 0 ? `Сейчас: <strong>${now.map((name) => escapeHtml(name)).join('; ')}</strong>` : 'Работа закончена.'}</p>
    <div id="process" class="wide" hidden data-passed="${passed.join(' ')}"
      data-current="${current.join(' ')}"></div>
    ${
      steps.length === 0
        ? '<p class="muted">Пройденные шаги не записаны.</p>'
        : `<details class="steps"><summary>Пройденные шаги списком: ${steps.length}</summary>
           <ol>${steps.map((name) => `<li>${escapeHtml(name)}</li>`).join('')}</ol></details>`
    }</section>`;
}

/** What has a name and is more than a fork of the way. */
function namesOf(ids: readonly string[]): string[] {
  const known = ids.flatMap((id) => byId.get(id) ?? []);
  return known
    .filter(({ type, name }) => name !== '' && !type.endsWith('Gateway'))
    .map(({ name }) => name.replace(/\s+/g, ' '));
}
