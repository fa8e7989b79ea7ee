import type { Tx } from '../db/data-source.ts';

/** A message on which no agency works any more waits for the curator again. */
export async function backToTriage(tx: Tx, messageId: string): Promise<void> {
  await tx.query(
    `update message set status = 'triage'
     where id = $1 and status = 'assigned' and not exists (
       select 1 from assignment
       where message_id = $1 and status in ('open', 'drafted', 'returned'))`,
    [messageId],
  );
}
