import type { Tx } from '../db/data-source.ts';
import type { Filters } from './filters.ts';
import { messageConditions, Parameters } from './narrowing.ts';
import { running } from './now-figures.ts';
import type { Scope } from './scope.ts';

/** A message whose clock has run out or runs out within the hour. */
export interface Burning {
  messageId: string;
  text: string;
  network: string;
  agency: string;
  clause: number;
  dueAt: string;
  late: boolean;
  provisional: boolean;
  /** Null: the process has not begun. */
  processInstanceKey: string | null;
}

const MOST = 12;
const EXCERPT = 140;

/** What burns, the longest overdue first; the rest is in the lists. */
export async function burning(tx: Tx, scope: Scope, filters: Partial<Filters>): Promise<Burning[]> {
  const parameters = new Parameters();
  return tx.query<Burning[]>(
    `select * from (
       select distinct on (d.message_id) d.message_id as "messageId",
         left(m.text, ${EXCERPT}) as text, m.network, d.agency_code as agency, d.clause,
         d.due_at as "dueAt", d.due_at <= now() as late, d.provisional,
         m.process_instance_key as "processInstanceKey"
       from deadline d join message m on m.id = d.message_id
       where ${running(scope.agencies, parameters)}
         and d.due_at <= now() + interval '1 hour'${messageConditions(filters, parameters)}
       order by d.message_id, d.due_at, d.id) b
     order by "dueAt", "messageId" limit ${MOST}`,
    parameters.values,
  );
}
