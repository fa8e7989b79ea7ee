import type { Tx } from '../db/data-source.ts';
import type { Agency } from '../db/entities/agency.ts';
import { holdMessage } from '../db/hold-message.ts';
import { InputError } from '../errors.ts';
import { agencyByCode } from '../registry/queries.ts';

/**
 * The agency that `code` names, if a message may go to it: known, active, and neither at work on it
 * nor about to be. Other decisions on the same message wait for this transaction.
 * @throws InputError in Russian.
 */
export async function freeAgency(tx: Tx, messageId: string, code: string | null): Promise<Agency> {
  const agency = code === null ? null : await agencyByCode(tx, code);
  if (agency === null || !agency.active) {
    throw new InputError('Выберите из списка орган власти, которому направить сообщение.');
  }
  const [, [found]] = await Promise.all([
    holdMessage(tx, messageId),
    tx.query<{ busy: boolean }[]>(BUSY, [messageId, agency.code]),
  ]);
  if (found?.busy) {
    throw new InputError(`«${agency.shortName}» уже работает с этим сообщением: выберите другой.`);
  }
  return agency;
}

/** At work, or sent the message by a decision whose assignment is still to come. */
const BUSY = `
  select exists (
    select from assignment
    where message_id = $1 and agency_code = $2 and status in ('open', 'drafted', 'returned')
  ) or exists (
    select from return_request r join assignment sent on sent.id = r.assignment_id
    where sent.message_id = $1 and r.redirected_to = $2 and not exists (
      select from assignment got
      where got.message_id = $1 and got.agency_code = $2 and got.received_at >= r.decided_at)
  ) as busy`;
