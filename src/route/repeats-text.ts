import { excerpt } from '../procedure/excerpt.ts';
import { networkNames } from '../procedure/card.ts';
import { localTime } from '../procedure/local-time.ts';
import { STATUS_NAMES } from '../procedure/status-names.ts';
import type { LikelyRepeat } from './likely-repeats.ts';

const KINDS = { post: 'запись', comment: 'комментарий' };
const BEGINNING = 220;
const LABEL = 90;

interface Shown {
  zone: string;
  pageLink: (messageId: string) => string;
}

/** The likely repeats as Markdown for the curator's form; null: there are none. */
export function repeatsText(repeats: readonly LikelyRepeat[], shown: Shown): string | null {
  if (repeats.length === 0) return null;
  return [
    '**Похожие сообщения** — возможно, это повтор:',
    ...repeats.map((it, index) => oneOf(it, index + 1, shown)),
  ].join('\n\n');
}

/** The same as options to choose from, with the numbers of the list. */
export const repeatOptions = (repeats: readonly LikelyRepeat[], zone: string) =>
  repeats.map(({ message }, index) => ({
    value: message.id,
    label: `${index + 1}. ${headOf(message, zone)}: ${message.text.replace(/\s+/g, ' ').trim()}`
      .slice(0, LABEL)
      .trim(),
  }));

/** How alike two messages are, as the curator reads it. */
export function likenessInWords({ similarity, sameAuthor, message }: LikelyRepeat): string {
  const text =
    similarity >= 0.95
      ? 'тот же текст'
      : similarity >= 0.75
        ? 'почти тот же текст'
        : similarity >= 0.5
          ? 'похожий текст'
          : 'текст другой';
  const author = message.kind === 'post' ? 'автор тот же' : 'автор и запись те же';
  return sameAuthor ? `${author}, ${text}` : text;
}

function oneOf(it: LikelyRepeat, number: number, { zone, pageLink }: Shown): string {
  const { message } = it;
  const head = [
    `**${number}. ${headOf(message, zone)}**`,
    likenessInWords(it),
    `состояние: ${(STATUS_NAMES[message.status] ?? message.status).toLowerCase()}`,
    `[в сети](<${new URL(message.url).href}>)`,
    `[история](<${pageLink(message.id)}>)`,
  ].join(' · ');
  const text = message.text.trim() === '' ? '*Без текста*' : excerpt(message.text, BEGINNING, '…');
  return `${head}\n\n${text}`;
}

const headOf = ({ network, kind, publishedAt }: LikelyRepeat['message'], zone: string): string =>
  `${networkNames[network] ?? network}, ${KINDS[kind]}, ${localTime(publishedAt, zone)}`;
