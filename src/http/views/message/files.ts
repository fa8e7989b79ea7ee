import type { Side } from '../../../attachments/links.ts';
import { mediaOf } from '../../../attachments/media.ts';
import { sizeOf } from '../../../attachments/size-words.ts';
import type { Deadline } from '../../../db/entities/deadline.ts';
import type { History } from '../../../db/history.ts';
import { escapeHtml } from '../../../procedure/escape-html.ts';

export type FileLink = (attachmentId: string) => string;

/** Links of tasks end after a while; the curator hands out new ones. */
export function filePages(
  { message, assignments, deadlines, agencies }: History,
  link: (side: Side, id: string) => string,
): string {
  const pages = [
    ...(message.status === 'review'
      ? [['Файлы ответа', link('curator', message.id)] as const]
      : []),
    ...assignments
      .filter(({ id, status }) => status === 'open' || isReworked(id, deadlines))
      .map(
        ({ id, agencyCode }) =>
          [
            `Файлы проекта: ${agencies.get(agencyCode) ?? agencyCode}`,
            link('executor', id),
          ] as const,
      ),
  ];
  if (pages.length === 0) return '';
  return `<h2>Страницы фото и видео</h2><ul>${pages
    .map(([name, url]) => `<li><a href="${escapeHtml(url)}">${escapeHtml(name)}</a></li>`)
    .join('')}</ul>`;
}

const isReworked = (assignment: string, deadlines: readonly Deadline[]): boolean =>
  deadlines.some(
    ({ assignmentId, kind, stoppedAt }) =>
      assignmentId === assignment && kind === 'rework' && stoppedAt === null,
  );

/** The files of a version: pictures are shown, others named; one that is not kept any more has no link. */
export function filesOf(
  files: readonly { id: string; name: string }[],
  { attachments }: History,
  fileLink: FileLink,
): string {
  if (files.length === 0) return '';
  const shown = files.map(({ id, name }) => {
    const kept = attachments.get(id);
    if (kept === undefined) return escapeHtml(name);
    const address = escapeHtml(fileLink(id));
    const picture = mediaOf(kept.mediaType).shown === 'picture';
    return `<a href="${address}" target="_blank" rel="noopener">${
      picture ? `<img src="${address}" alt="${escapeHtml(name)}">` : escapeHtml(name)
    }</a>`;
  });
  return `<p>${shown.join(' ')}</p>`;
}

/** All photos and videos that are kept: what, whose, when (clauses 7, 11). */
export function fileListOf(
  { attachments, assignments, agencies }: History,
  time: (at: Date) => string,
  fileLink: FileLink,
): string {
  if (attachments.size === 0) return '';
  const codes = new Map(assignments.map((it) => [it.id, it.agencyCode]));
  const rows = [...attachments.values()].map((it) => {
    const code = codes.get(it.assignmentId ?? '');
    const whose = code === undefined ? 'Куратор' : (agencies.get(code) ?? code);
    const state = it.removedAt ? 'убран' : it.leftOutAt ? 'не размещается' : 'в работе';
    return `<tr><td><a href="${escapeHtml(fileLink(it.id))}" target="_blank" rel="noopener">${escapeHtml(it.name)}</a></td>
      <td data-name="Вид">${mediaOf(it.mediaType).name}, ${sizeOf(it.size)}</td>
      <td data-name="Чей">${escapeHtml(whose)}</td><td class="time" data-name="Добавлен">${time(it.uploadedAt)}</td>
      <td data-name="Состояние">${state}</td></tr>`;
  });
  return `<h2>Фото и видео</h2><table class="stacks"><thead><tr><th scope="col">Файл</th>
    <th scope="col">Вид</th><th scope="col">Чей</th><th scope="col">Добавлен</th>
    <th scope="col">Состояние</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}
