import { excerpt } from './excerpt.ts';
import { localTime } from './local-time.ts';
import { escapeMarkdown } from './markdown.ts';

/** What the card shows of a message. */
export interface CardMessage {
  network: string;
  kind: 'post' | 'comment';
  url: string;
  authorName: string | null;
  authorUrl: string | null;
  text: string;
  photos: string[];
  publishedAt: Date;
  editedAt: Date | null;
  deletedAt: Date | null;
}

export const networkNames: Record<string, string> = {
  vk: 'ВКонтакте',
  ok: 'Одноклассники',
  facebook: 'Facebook',
  instagram: 'Instagram',
  x: 'Twitter (X)',
};

const KINDS = { post: 'запись', comment: 'комментарий' };
/** Tasklist cuts a variable at 8,191 characters. */
const BUDGET = 3_500;
const PHOTOS = 4;
const LONGEST_URL = 500;
const LONGEST_NAME = 100;

/** A message as Markdown, for every form: where, who, when, what, photos; times in `zone`. */
export function card(
  message: CardMessage,
  { zone, pageLink }: { zone: string; pageLink: string },
): string {
  const head = [
    `**${networkNames[message.network] ?? message.network}, ${KINDS[message.kind]}**`,
    linked(message.authorName?.trim() || nameless(message), message.authorUrl),
    localTime(message.publishedAt, zone),
    linked('открыть в сети', message.url),
    linked('история и полный текст', pageLink),
  ].join(' · ');
  const text =
    message.text.trim() === ''
      ? '*Без текста*'
      : excerpt(message.text, BUDGET, '… (полный текст — на странице сообщения)');
  return [head, ...notices(message, zone), text, photosOf(message)].filter(Boolean).join('\n\n');
}

/** Webhooks of networks give the author's page, and no name. */
const nameless = ({ authorUrl }: CardMessage) =>
  authorUrl === null ? 'автор неизвестен' : 'страница автора';

function notices({ editedAt, deletedAt }: CardMessage, zone: string): string[] {
  return [
    ...(editedAt ? [`**Автор изменил сообщение ${localTime(editedAt, zone)}.**`] : []),
    ...(deletedAt ? [`**Автор удалил сообщение ${localTime(deletedAt, zone)}.**`] : []),
  ];
}

function photosOf({ photos }: CardMessage): string {
  const addresses = photos.map(webAddress).filter((it) => it !== null);
  const shown = addresses
    .slice(0, PHOTOS)
    .map((address, index) => `![Фото ${index + 1}](<${address}>)`);
  const more = photos.length - shown.length;
  return [...shown, ...(more > 0 ? [`и ещё фото: ${more}, на странице сообщения`] : [])].join(' ');
}

function linked(label: string, url: string | null): string {
  const address = url === null ? null : webAddress(url);
  const words = escapeMarkdown(label.slice(0, LONGEST_NAME).replace(/\s+/g, ' '));
  return address === null ? words : `[${words}](<${address}>)`;
}

/** The address with nothing in it that could end a Markdown link; null unless it is one of the web. */
function webAddress(text: string): string | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) return null;
  const address = url.href.replaceAll('\\', '%5C');
  return address.length <= LONGEST_URL ? address : null;
}
