import type { Tx } from '../../db/data-source.ts';
import type { Series } from './step.ts';

/** Half-open at its beginning: what came after `from`, up to `to`. */
export interface Window {
  from: Date;
  to: Date;
}

/** What a message is about: what the curator said, before that what its text seems to say. */
const TOPIC = 'coalesce(m.topic, m.proposed_topic)';
const PLACE = `case when m.topic is null then m.proposed_municipality else m.municipality end`;

/** How many messages each series has in a window; those of no topic and no place belong to none. */
export function countAll(tx: Tx, { from, to }: Window): Promise<(Series & { count: number })[]> {
  return tx.query(
    `select ${TOPIC} as topic, ${PLACE} as municipality, count(*)::int as count from message m
     where m.published_at > $1 and m.published_at <= $2 and m.status <> 'not-relevant'
       and (${TOPIC} is not null or ${PLACE} is not null)
     group by 1, 2`,
    [from, to],
  );
}

/**
 * How many messages of a series each window has. `usual` counts also what only seemed to belong to it:
 * messages of now have not been looked at yet, so the weeks before must not be either.
 */
export async function countEach(
  tx: Tx,
  { topic, municipality }: Series,
  windows: readonly Window[],
  what: 'now' | 'usual',
): Promise<number[]> {
  const own = `${TOPIC} is not distinct from $3 and ${PLACE} is not distinct from $4`;
  const seemed = `m.proposed_topic is not distinct from $3 and m.proposed_municipality is not distinct from $4`;
  const belongs =
    what === 'now' ? `${own} and m.status <> 'not-relevant'` : `(${own} or ${seemed})`;
  const rows = await tx.query<{ count: number }[]>(
    `select (select count(*) from message m
       where m.published_at > w.since and m.published_at <= w.until and ${belongs})::int as count
     from unnest($1::timestamptz[], $2::timestamptz[]) with ordinality as w (since, until, number)
     order by w.number`,
    [windows.map(({ from }) => from), windows.map(({ to }) => to), topic, municipality],
  );
  return rows.map(({ count }) => count);
}

/** Messages of a series that were published from `from` on, up to `to`. */
export function messagesIn(
  tx: Tx,
  { topic, municipality }: Series,
  { from, to }: Window,
): Promise<SurgeMessage[]> {
  return tx.query(
    `select m.id, m.network, m.url, m.text, m.published_at as "publishedAt" from message m
     where m.published_at > $1 and m.published_at <= $2 and m.status <> 'not-relevant'
       and ${TOPIC} is not distinct from $3 and ${PLACE} is not distinct from $4
     order by m.published_at, m.id`,
    [from, to, topic, municipality],
  );
}

export interface SurgeMessage {
  id: string;
  network: string;
  url: string;
  text: string;
  publishedAt: Date;
}
