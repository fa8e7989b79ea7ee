import type { Message } from '../../db/entities/message.ts';
import type { Related } from '../../db/related.ts';
import { networkNames } from '../../procedure/card.ts';
import { escapeHtml } from '../../procedure/escape-html.ts';
import { STATUS_NAMES } from '../../procedure/status-names.ts';

const BEGINNING = 200;

/** What a message replies to or repeats, and what replies to or repeats it; '' when nothing does. */
export function relatedSection(
  { earlier, followUps, original, repeats }: Related,
  { time, signedIn }: { time: (at: Date) => string; signedIn: boolean },
): string {
  const list = (title: string, messages: readonly Message[]) =>
    messages.length === 0
      ? ''
      : `<h2>${title}</h2><ul>${messages.map((it) => item(it, time, signedIn)).join('')}</ul>`;
  return [
    list('Ответ на наш ответ: предыдущее сообщение', earlier ? [earlier] : []),
    list('Ответы на наш ответ', followUps),
    list('Повтор: основное сообщение', original ? [original] : []),
    list('Повторы этого сообщения', repeats),
  ].join('');
}

/** A signed link opens one message: its reader is led to the network, whoever signed in to the page. */
function item(message: Message, time: (at: Date) => string, signedIn: boolean): string {
  const { network, text, url, publishedAt, status } = message;
  const where = [
    networkNames[network] ?? network,
    time(publishedAt),
    (STATUS_NAMES[status] ?? status).toLowerCase(),
    `<a href="${escapeHtml(url)}" rel="noreferrer">в социальной сети</a>`,
    ...(signedIn ? [`<a href="/messages/${message.id}">сообщение в «Отклике»</a>`] : []),
  ].join(' · ');
  const words = text.trim() === '' ? 'без текста' : text;
  const shown = words.length > BEGINNING ? `${words.slice(0, BEGINNING)}…` : words;
  return `<li>${where}<br>${escapeHtml(shown)}</li>`;
}
