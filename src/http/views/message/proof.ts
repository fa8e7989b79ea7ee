import type { Publication } from '../../../db/entities/publication.ts';
import type { History } from '../../../db/history.ts';
import { escapeHtml } from '../../../procedure/escape-html.ts';
import { filesOf, type FileLink } from './files.ts';
import { webLink } from './web-link.ts';

const OUTCOMES: Record<Publication['status'], string> = {
  reserved: 'начато, итог ещё не известен',
  published: 'опубликован',
  refused: 'сеть отклонила ответ',
  unknown: 'итог не известен, проверяется',
  'needs-person': 'передан куратору для публикации вручную',
  gone: 'исходное сообщение не найдено',
};

/** The answer as it was published. */
export function answerOf(history: History, time: (at: Date) => string, fileLink: FileLink): string {
  const { publications, answers } = history;
  const published = publications.find((it) => it.status === 'published');
  const text = answers.find((it) => it.id === published?.answerId)?.text;
  if (published === undefined || text === undefined) return '';
  return `<h2>Ответ</h2><blockquote>${escapeHtml(text)}</blockquote>
    ${filesOf(published.attachments, history, fileLink)}
    <p>${[
      published.publishedAt ? time(published.publishedAt) : '',
      published.permalink ? webLink(published.permalink, 'под сообщением') : '',
    ]
      .filter(Boolean)
      .join(' · ')}</p>`;
}

/** What was sent to the network and what came back, of every try that left something (clause 8). */
export function proofOf({ publications, answers }: History, time: (at: Date) => string): string {
  if (publications.length === 0) return '';
  const tries = publications.map((it) => {
    const version = answers.find(({ id }) => id === it.answerId)?.version;
    const facts = [
      `Версия ${version ?? '—'}: ${OUTCOMES[it.status]}${it.manual ? ' вручную' : ''}`,
      `начато ${time(it.reservedAt)}`,
      it.publishedAt && `опубликовано ${time(it.publishedAt)}`,
      it.externalId && `номер в сети ${escapeHtml(it.externalId)}`,
      it.permalink && webLink(it.permalink, it.permalink),
      it.reason && escapeHtml(it.reason),
    ].filter(Boolean);
    return `<li>${facts.join(' · ')}${record('Что отправлено', it.sent)}${record('Что получено от сети', it.received)}</li>`;
  });
  return `<h2>Подтверждение публикации</h2><ul class="proof">${tries.join('')}</ul>`;
}

const record = (title: string, value: unknown): string =>
  value === null || value === undefined
    ? ''
    : `<details><summary>${title}</summary><pre tabindex="0">${escapeHtml(JSON.stringify(value, null, 2))}</pre></details>`;
