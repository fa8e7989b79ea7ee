import type { History } from '../../../db/history.ts';
import { escapeHtml } from '../../../procedure/escape-html.ts';
import { difference } from './difference.ts';
import { filesOf, type FileLink } from './files.ts';

interface Version {
  version: number;
  text: string;
  at: Date;
  attachments: string[];
}

/** What executors sent and the curator composed, version by version, with what each changed (clauses 7-10). */
export function versionsOf(
  history: History,
  time: (at: Date) => string,
  fileLink: FileLink,
): string {
  const { drafts, assignments, agencies, answers } = history;
  const show = (versions: Version[]) => listOf(versions, history, time, fileLink);
  const parts = assignments.flatMap(({ id, agencyCode }) => {
    const own = drafts.filter(({ assignmentId }) => assignmentId === id);
    if (own.length === 0) return [];
    const name = escapeHtml(agencies.get(agencyCode) ?? agencyCode);
    return `<h3>${name}</h3>${show(own.map((it) => ({ ...it, at: it.submittedAt })))}`;
  });
  return `${parts.length > 0 ? `<h2>Проекты ответа</h2>${parts.join('')}` : ''}
    ${
      answers.length > 0
        ? `<h2>Ответ: версии куратора</h2>${show(answers.map((it) => ({ ...it, at: it.composedAt })))}`
        : ''
    }`;
}

function listOf(
  versions: Version[],
  history: History,
  time: (at: Date) => string,
  fileLink: FileLink,
): string {
  return versions
    .map((it, index) => {
      const before = versions[index - 1];
      const files = it.attachments.flatMap((id) => history.attachments.get(id) ?? []);
      return `<p>Версия ${it.version}, ${time(it.at)}</p>${remarksOn(history, before?.at, it.at)}
        ${textOf(before?.text ?? null, it.text)}${filesOf(files, history, fileLink)}`;
    })
    .join('');
}

function textOf(before: string | null, text: string): string {
  const whole = `<blockquote>${escapeHtml(text)}</blockquote>`;
  if (before === null) return whole;
  if (before === text) return '<p class="muted">Текст не изменился.</p>';
  const changed = difference(before, text);
  if (changed === null) return whole;
  return `<blockquote class="changed">${changed}</blockquote>
    <details><summary>Текст без пометок</summary>${whole}</details>`;
}

/** Why there was another version: the curator's remarks between the two (clause 8). */
function remarksOn({ decisions }: History, from: Date | undefined, to: Date): string {
  if (from === undefined) return '';
  return decisions
    .filter(({ remarks, decidedAt }) => remarks && decidedAt > from && decidedAt <= to)
    .map(({ remarks }) => `<p class="muted">Замечания куратора: ${escapeHtml(remarks ?? '')}</p>`)
    .join('');
}
