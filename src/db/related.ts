import type { Tx } from './data-source.ts';
import { MessageEntity, type Message } from './entities/message.ts';
import { rowOrNull } from './row-by.ts';

/** Messages that have to do with one. */
export interface Related {
  /** Whose answer of ours it replies to. */
  earlier: Message | null;
  /** That reply to our answer under it. */
  followUps: Message[];
  /** Which it repeats. */
  original: Message | null;
  /** That repeat it. */
  repeats: Message[];
}

export async function relatedTo(
  tx: Tx,
  { id, followUpOf, duplicateOf }: Pick<Message, 'id' | 'followUpOf' | 'duplicateOf'>,
): Promise<Related> {
  const one = (it: string | null) =>
    it === null ? null : rowOrNull(tx, MessageEntity, { id: it });
  const order = { publishedAt: 'ASC', id: 'ASC' } as const;
  return {
    earlier: await one(followUpOf),
    followUps: await tx.find(MessageEntity, { where: { followUpOf: id }, order }),
    original: await one(duplicateOf),
    repeats: await tx.find(MessageEntity, { where: { duplicateOf: id }, order }),
  };
}
