import { In } from 'typeorm';
import type { Tx } from '../db/data-source.ts';
import { MessageEntity, type Message } from '../db/entities/message.ts';
import { beginning, letters, threadOf } from './likeness.ts';

export interface LikelyRepeat {
  message: Message;
  /** From 0 to 1, by the beginnings of the texts. */
  similarity: number;
  /** Of the same author under the same post. */
  sameAuthor: boolean;
}

const AT_MOST = 5;
/** From here on texts are taken for alike. */
const ALIKE = 0.5;
/** Shorter texts are alike without meaning the same. */
const SHORTEST = 20;

/** Alike enough to be proposed as the original. */
export const isAlmostSure = ({ similarity }: LikelyRepeat): boolean => similarity >= 0.75;

/**
 * Messages of the window that this one probably repeats, the likeliest first: of the same author under
 * the same post, or with a similar text, in whatever network. In place of a repeat its original.
 * `window`: ISO 8601, counted back from when the message was taken into work.
 */
export async function likelyRepeats(
  tx: Tx,
  message: Message,
  window: string,
): Promise<LikelyRepeat[]> {
  const own = letters(message.text);
  const [[kept]] = await Promise.all([
    tx.query<{ at: Date }[]>('select at from likeness where message_id = $1', [message.id]),
    // PostgreSQL takes a comparison for as cheap as any and would rather read every text.
    tx.query(
      `select set_config('enable_seqscan', 'off', true),
              set_config('pg_trgm.similarity_threshold', '${ALIKE}', true)`,
    ),
  ]);
  if (!kept) return [];
  const found = await tx.query<{ id: string; similarity: number; sameAuthor: boolean }[]>(FIND, [
    own.length < SHORTEST ? '' : own,
    beginning(window, kept.at),
    message.id,
    threadOf(message.url),
    message.authorUrl,
    own,
  ]);
  if (found.length === 0) return [];
  const messages = await tx.findBy(MessageEntity, { id: In(found.map(({ id }) => id)) });
  return found.flatMap(({ id, ...how }) =>
    messages.filter((it) => it.id === id).map((it) => ({ ...how, message: it })),
  );
}

/**
 * The trigram index answers the first part, the one of posts the second. By itself PostgreSQL would look
 * for recent messages first, and compare each. $1 text to search by, $2 since,
 * $3 message, $4 post, $5 author, $6 text to compare with.
 */
export const FIND = `
with alike as materialized (select message_id, at, letters from likeness where letters % $1),
candidate as (
  (select message_id, false as same_author from alike
   where at >= $2 and message_id <> $3
   order by similarity(letters, $1) desc, at desc limit 20)
  union all
  (select l.message_id, true from likeness l join message m on m.id = l.message_id
   where l.thread = $4 and l.at >= $2 and l.message_id <> $3 and m.author_url = $5
   order by l.at desc limit 20)),
original as (
  select case when m.status = 'duplicate' then m.duplicate_of else m.id end as id,
    max(similarity(l.letters, $6)) as similarity, bool_or(c.same_author) as same_author, max(l.at) as at
  from candidate c join likeness l using (message_id) join message m on m.id = c.message_id
  group by 1)
select id, similarity, same_author as "sameAuthor" from original
where id is not null and id <> $3
order by same_author and similarity >= ${ALIKE} desc, similarity desc, same_author desc, at desc
limit ${AT_MOST}`;
