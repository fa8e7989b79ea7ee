import { randomUUID } from 'node:crypto';
import { recordAudit } from './audit.ts';
import type { Tx } from './data-source.ts';
import { ShortcomingEntity, type Shortcoming } from './entities/shortcoming.ts';
import { holdMessage } from './hold-message.ts';
import { insertOnce } from './once.ts';
import { queueStart } from './starts.ts';
import { agencyOf } from '../registry/queries.ts';

/** The message that ends its process when the curator takes the shortcoming back. */
export const SHORTCOMING_WITHDRAWN = 'shortcoming-withdrawn';

/** The message that starts the process of clause 13, correlated by the shortcoming's id. */
export const SHORTCOMING_FOUND = 'shortcoming-found';

export type FoundShortcoming = Pick<
  Shortcoming,
  | 'sourceKey'
  | 'kind'
  | 'messageId'
  | 'assignmentId'
  | 'deadlineId'
  | 'agencyCode'
  | 'executor'
  | 'description'
  | 'openedAt'
> & { openedBy?: string };

/**
 * Opens a shortcoming and queues its process (clauses 12, 13); one with the same `sourceKey` is
 * opened once. The deputy governor is whoever supervises the agency now; `subject` is who found it.
 */
export async function openShortcoming(
  tx: Tx,
  found: FoundShortcoming,
  subject = 'система',
): Promise<Shortcoming> {
  await holdMessage(tx, found.messageId);
  const { supervisor } = await agencyOf(tx, found.agencyCode);
  const { row } = await insertOnce(
    tx,
    ShortcomingEntity,
    { id: randomUUID(), status: 'open', supervisor, ...found },
    ['sourceKey'],
  );
  await queueStart(tx, SHORTCOMING_FOUND, row.id, { shortcomingId: row.id });
  await recordAudit(tx, {
    key: `shortcoming:${row.id}:opened`,
    at: found.openedAt,
    messageId: found.messageId,
    subject,
    action: 'выявлен недостаток',
    details: { shortcomingId: row.id, description: found.description },
  });
  return row;
}
