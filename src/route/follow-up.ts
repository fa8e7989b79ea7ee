import type { Tx } from '../db/data-source.ts';
import { draftedAssignments } from '../db/drafted-assignments.ts';
import { AnswerEntity } from '../db/entities/answer.ts';
import { MessageEntity, type Message } from '../db/entities/message.ts';
import { PublicationEntity } from '../db/entities/publication.ts';
import { rowBy, rowOrNull } from '../db/row-by.ts';
import { excerpt } from '../procedure/excerpt.ts';

/** What stood before a reply to our answer. */
export interface Earlier {
  message: Message;
  /** Our answer, as published. */
  answer: string;
  /** Codes of the agencies that answered. */
  agencies: string[];
}

/** What `message` replies to; null: to no answer of ours. */
export async function earlierOf(
  tx: Tx,
  { followUpOf }: Pick<Message, 'followUpOf'>,
): Promise<Earlier | null> {
  if (followUpOf === null) return null;
  const message = await rowBy(tx, MessageEntity, { id: followUpOf });
  const published = await rowOrNull(tx, PublicationEntity, {
    messageId: followUpOf,
    status: 'published',
  });
  const answer = published && (await rowOrNull(tx, AnswerEntity, { id: published.answerId }))?.text;
  const assignments = await draftedAssignments(tx, message.duplicateOf ?? message.id);
  const agencies = [...new Set(assignments.map(({ agencyCode }) => agencyCode))];
  return { message, answer: answer ?? '', agencies };
}

/** The same as Markdown for the forms of curator and executors. */
export function followUpText(
  { authorUrl }: Pick<Message, 'authorUrl'>,
  { message, answer }: Earlier,
  pageLink: (messageId: string) => string,
): string {
  const same = authorUrl !== null && authorUrl === message.authorUrl;
  return [
    `**Ответ на наш ответ** · ${same ? 'пишет тот же автор' : 'пишет другой автор'} · ` +
      `[предыдущее сообщение](<${pageLink(message.id)}>) · [в сети](<${new URL(message.url).href}>)`,
    'Предыдущее сообщение:',
    excerpt(message.text, 600, '…'),
    'Мы ответили:',
    excerpt(answer, 1_200, '…'),
  ].join('\n\n');
}
