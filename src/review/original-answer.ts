import type { Tx } from '../db/data-source.ts';
import { AnswerEntity, type Answer } from '../db/entities/answer.ts';
import { MessageEntity, type Message } from '../db/entities/message.ts';
import { PublicationEntity } from '../db/entities/publication.ts';
import { rowBy, rowOrNull } from '../db/row-by.ts';
import { excerpt } from '../procedure/excerpt.ts';

export interface OriginalAnswer {
  original: Message;
  answer: Answer;
  /** Where it stands. */
  permalink: string | null;
}

/** The published answer of the message that this one repeats; null: it repeats none, or there is none. */
export async function originalAnswer(
  tx: Tx,
  { duplicateOf }: Pick<Message, 'duplicateOf'>,
): Promise<OriginalAnswer | null> {
  if (duplicateOf === null) return null;
  const published = await rowOrNull(tx, PublicationEntity, {
    messageId: duplicateOf,
    status: 'published',
  });
  if (!published) return null;
  return {
    original: await rowBy(tx, MessageEntity, { id: duplicateOf }),
    answer: await rowBy(tx, AnswerEntity, { id: published.answerId }),
    permalink: published.permalink,
  };
}

/** What the curator's forms show of a repeat in place of the parts of agencies. */
export function originalText({ answer, permalink }: OriginalAnswer, pageLink: string): string {
  const where = permalink === null ? '' : ` · [ответ в сети](<${new URL(permalink).href}>)`;
  return [
    '**Повтор: ответ основного сообщения** размещается и здесь.',
    `[Основное сообщение](<${pageLink}>)${where}`,
    excerpt(answer.text, 4_000, '… полный текст — на странице основного сообщения'),
  ].join('\n\n');
}
