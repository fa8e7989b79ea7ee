import { Duration } from 'luxon';
import { plannedOnce } from '../db/client.ts';
import type { Tx } from '../db/data-source.ts';
import { MessageEntity, type Message } from '../db/entities/message.ts';
import { rowsBy } from '../db/row-by.ts';

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

/** Alike enough to be proposed as the original. */
export const isAlmostSure = ({ similarity }: LikelyRepeat): boolean => similarity >= 0.75;

/**
 * Messages of the window that this one probably repeats, the likeliest first: of the same author under
 * the same post, or with a similar text, in whatever network. In place of a repeat its original.
 * `window`: ISO 8601, counted back from when the message was taken into work.
 */
export async function likelyRepeats(
  tx: Tx,
  { id, authorUrl }: Message,
  window: string,
): Promise<LikelyRepeat[]> {
  const found = await tx.query<{ id: string; similarity: number; sameAuthor: boolean }[]>(FIND, [
    id,
    Duration.fromISO(window).as('seconds'),
    authorUrl,
  ]);
  if (found.length === 0) return [];
  const messages = await rowsBy(tx, MessageEntity, { id: found.map((it) => it.id) });
  return found.flatMap(({ id, ...how }) =>
    messages.filter((it) => it.id === id).map((it) => ({ ...how, message: it })),
  );
}

/** What `l` and `own` have in common of the trigrams that either has (Jaccard), as `pg_trgm` counts it. */
const COMMON =
  'lateral (select intarray.icount(l.trigrams operator(intarray.&) own.trigrams) as common) shared';
const SIMILARITY =
  'coalesce(common / nullif(cardinality(l.trigrams) + cardinality(own.trigrams) - common, 0)::real, 0)';

/**
 * The index of sketches answers the first part, the one of posts the second. By itself PostgreSQL would
 * look for recent messages first, and compare each. $1 message, $2 window in seconds, $3 author.
 */
export const FIND = plannedOnce(`
with own as materialized (
  select message_id, at - make_interval(secs => $2) as since, thread, trigrams, sketch
  from likeness where message_id = $1),
alike as materialized (
  select l.message_id, l.at, ${SIMILARITY} as similarity
  from own join likeness l on l.sketch && own.sketch, ${COMMON}),
candidate as (
  (select alike.message_id, alike.at, similarity, false as same_author from alike, own
   where similarity >= ${ALIKE} and alike.at >= since and alike.message_id <> own.message_id
   order by similarity desc, alike.at desc limit 20)
  union all
  (select l.message_id, l.at, ${SIMILARITY}, true
   from own join likeness l using (thread) join message m on m.id = l.message_id, ${COMMON}
   where l.at >= since and l.message_id <> own.message_id and m.author_url = $3
   order by l.at desc limit 20)),
original as (
  select case when m.status = 'duplicate' then m.duplicate_of else m.id end as id,
    max(similarity) as similarity, bool_or(same_author) as same_author, max(at) as at
  from candidate join message m on m.id = message_id
  group by 1)
select id, similarity, same_author as "sameAuthor" from original
where id is not null and id <> $1
order by same_author and similarity >= ${ALIKE} desc, similarity desc, same_author desc, at desc
limit ${AT_MOST}`);
