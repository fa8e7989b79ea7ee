import type { Tx } from '../db/data-source.ts';

/** Work that somebody still has to finish. */
export interface OpenWork {
  agency: string;
  official: string;
  url: string;
  receivedAt: Date;
}

/**
 * The open work of agencies (by code) and officials (by login), the oldest first: assignments that
 * are not answered or may come back, and shortcomings that are not closed.
 */
export function openWork(tx: Tx, agencies: string[], officials: string[]): Promise<OpenWork[]> {
  return tx.query<OpenWork[]>(SQL, [agencies, officials]);
}

const SQL = `
  select g.short_name as agency, a.executor as official, m.url, a.received_at as "receivedAt"
    from assignment a join message m on m.id = a.message_id join agency g on g.code = a.agency_code
   where (a.agency_code = any($1) or a.executor = any($2))
     and (a.status = 'open' or a.status in ('drafted', 'returned') and m.finished_at is null)
  union all
  select g.short_name, case when s.supervisor = any($2) then s.supervisor else coalesce(s.executor, s.supervisor) end,
         m.url, s.opened_at
    from shortcoming s join message m on m.id = s.message_id join agency g on g.code = s.agency_code
   where (s.agency_code = any($1) or s.executor = any($2) or s.supervisor = any($2))
     and s.closed_at is null
   order by 4
`;
