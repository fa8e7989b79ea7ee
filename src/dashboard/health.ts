import type { Tx } from '../db/data-source.ts';

/** The state of a part of the system; `since` is an instant that explains it, null when nothing does. */
export interface PartHealth {
  part: 'network' | 'engine' | 'mail';
  /** The network's code; null for other parts. */
  code: string | null;
  state: 'ok' | 'slow' | 'down';
  since: string | null;
}

/** A network that was not read for this long is late; so is what waits to be sent or started. */
const SLOW = `interval '5 minutes'`;
const DOWN = `interval '30 minutes'`;

/**
 * How networks, engine and mail do, from what they left in the database: when each source was last
 * read, since when starts of processes wait for the engine, and since when notices wait to be sent.
 */
export async function systemHealth(tx: Tx): Promise<PartHealth[]> {
  return tx.query<PartHealth[]>(
    `with part as (
       select 'network' as part, network as code,
         min(coalesce(last_success_at, '-infinity')) as since,
         bool_or(last_error is not null) as failing
       from poll_cursor group by network
       union all
       select 'engine', null, min(created_at), false from process_start where confirmed_at is null
       union all
       select 'mail', null, min(created_at), bool_or(last_error is not null)
       from outbox where sent_at is null and next_attempt_at < now() + interval '1 hour')
     select part, code,
       case when since < now() - ${DOWN} then 'down'
            when since < now() - ${SLOW} or failing then 'slow' else 'ok' end as state,
       case when since < now() - ${SLOW} and since > '-infinity' then since end as since
     from part order by part desc, code`,
  );
}
