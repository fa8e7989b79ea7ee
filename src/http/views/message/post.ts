import type { Message } from '../../../db/entities/message.ts';
import { networkNames } from '../../../procedure/card.ts';
import { escapeHtml } from '../../../procedure/escape-html.ts';
import { webLink } from './web-link.ts';

const KINDS: Record<Message['kind'], string> = { post: 'запись', comment: 'комментарий' };

/** The citizen's post as it looked: where, who, when, what, photos. */
export function postOf(message: Message, time: (at: Date) => string): string {
  const { network, kind, url, text, photos, publishedAt, editedAt, deletedAt } = message;
  const notices = [
    editedAt && `Автор изменил сообщение ${time(editedAt)}: здесь текст после изменения.`,
    deletedAt && `Автор удалил сообщение ${time(deletedAt)}.`,
  ].filter((it) => it !== null);
  return `<article class="post" aria-label="Сообщение жителя">
    <p class="from"><strong>${authorOf(message)}</strong>
    <span class="muted">${escapeHtml(networkNames[network] ?? network)}, ${KINDS[kind]} ·
    <time datetime="${publishedAt.toISOString()}">${time(publishedAt)}</time></span></p>
    <blockquote>${escapeHtml(text) || '<span class="muted">Без текста</span>'}</blockquote>
    ${photosOf(photos)}
    ${notices.map((it) => `<p class="notice">${it}</p>`).join('')}
    <p>${webLink(url, 'Открыть в социальной сети')}</p></article>`;
}

const photosOf = (photos: readonly string[]): string =>
  photos.length === 0
    ? ''
    : `<p class="photos">${photos
        .map(
          (photo, index) =>
            `<img src="${escapeHtml(photo)}" alt="Фото ${index + 1}" loading="lazy">`,
        )
        .join('')}</p>`;

function authorOf({ authorName, authorUrl, erasedAt }: Message): string {
  if (erasedAt) return 'Данные автора удалены по сроку хранения';
  if (authorUrl) return webLink(authorUrl, authorName ?? 'Страница автора');
  return escapeHtml(authorName ?? 'Автор неизвестен');
}
