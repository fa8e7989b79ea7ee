import type { Tx } from '../db/data-source.ts';
import type { NetworkSetup } from '../networks/setup.ts';

/** The state of a part of the system. */
export interface PartHealth {
  part: 'network' | 'engine' | 'mail';
  /** The network's code; null for other parts. */
  code: string | null;
  /** The last three are of networks: its reading fails and is tried again, is switched off, lacks a key. */
  state: 'ok' | 'slow' | 'down' | 'failing' | 'off' | 'no-key';
  /** Since when it is slow, down or failing: a network's last reading; null: never read, or all is well. */
  since: string | null;
  /** Why it is failing, in Russian; null in other states. */
  reason: string | null;
}

/** A network that was not read for this long is late; so is what waits to be sent or started. */
const SLOW = `interval '5 minutes'`;
const DOWN = `interval '30 minutes'`;

/**
 * How networks, engine and mail do, from what they left in the database: when each source was last
 * read and what went wrong, since when starts of processes wait for the engine, and since when notices
 * wait to be sent. A network is as well as its worst source; sources that nobody reads any more, such as
 * a search for former words, do not count. It fails while somebody is trying again: once nobody does, it
 * is late or down.
 */
export async function systemHealth(tx: Tx, setup: NetworkSetup): Promise<PartHealth[]> {
  return tx.query<PartHealth[]>(
    `with source as (
       select network as code, coalesce(last_success_at, '-infinity') as read_at,
         case when lease_until > now() then last_error end as fault
       from (select *, max(lease_until) over (partition by network) as latest from poll_cursor) it
       where latest is null or lease_until > least(latest, now()) - interval '1 hour'),
     network as (
       select code, min(read_at) as read_at,
         min(read_at) filter (where fault is not null) as failing_since,
         (array_agg(fault order by read_at) filter (where fault is not null))[1] as fault
       from source group by code),
     part as (
       select 'network' as part, code, place,
         case when how <> 'read' then how when can_read is false then 'off'
              when fault is not null then 'failing' end as told,
         coalesce(failing_since, read_at, '-infinity') as since, fault, false as troubled
       from json_each_text($1) with ordinality as setup (code, how, place)
         left join network using (code)
         left join network_switch on network_switch.network = code
       union all
       select 'engine', null, 101, null, min(created_at), null, false
       from process_start where confirmed_at is null
       union all
       select 'mail', null, 102, null, min(created_at), null, bool_or(last_error is not null)
       from outbox where sent_at is null and next_attempt_at < now() + interval '1 hour'),
     judged as (
       select *, coalesce(told,
         case when since < now() - ${DOWN} then 'down'
              when since < now() - ${SLOW} or troubled then 'slow' else 'ok' end) as state
       from part)
     select part, code, state,
       case when since > '-infinity'
         and (state = 'failing' or (told is null and since < now() - ${SLOW})) then since end as since,
       case when state = 'failing' then fault end as reason
     from judged order by place`,
    [JSON.stringify(setup)],
  );
}
