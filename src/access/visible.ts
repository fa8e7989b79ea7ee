import type { Tx } from '../db/data-source.ts';
import type { History } from '../db/history.ts';
import type { Principal } from './principal.ts';
import { mayRead } from './rights.ts';

/**
 * Those of the messages that were ever theirs: assigned to an agency of theirs, or with a shortcoming of
 * it; or that repeat one assigned to them, so that their answer stands under it.
 */
export async function visibleAmong(
  tx: Tx,
  { agencies }: Pick<Principal, 'agencies'>,
  messageIds: readonly string[],
): Promise<Set<string>> {
  if (agencies === 'all') return new Set(messageIds);
  const rows = await tx.query<{ id: string }[]>(
    `select m.id from message m where m.id = any($1) and (
       exists (select from assignment a
         where a.message_id in (m.id, m.duplicate_of) and a.agency_code = any($2))
       or exists (select from shortcoming s where s.message_id = m.id and s.agency_code = any($2)))`,
    [messageIds, agencies],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Whether the message is one of those. */
export const maySee = async (tx: Tx, principal: Principal, messageId: string): Promise<boolean> =>
  (await visibleAmong(tx, principal, [messageId])).has(messageId);

/**
 * The history without shortcomings of agencies that are not the reader's, nor lines about them; null:
 * nobody is known to read it.
 */
export function visibleHistory(
  history: History,
  reader: Pick<Principal, 'agencies'> | null,
): History {
  const foreign = new Set(
    history.shortcomings
      .filter(({ agencyCode }) => reader === null || !mayRead(reader, [agencyCode]))
      .map(({ id }) => id),
  );
  return {
    ...history,
    shortcomings: history.shortcomings.filter(({ id }) => !foreign.has(id)),
    audit: history.audit.filter(({ key }) => !foreign.has(shortcomingOf(key))),
  };
}

/** Lines about a shortcoming carry its id in their key. */
const shortcomingOf = (key: string | null): string =>
  /^shortcoming:([^:]+)/.exec(key ?? '')?.[1] ?? '';
