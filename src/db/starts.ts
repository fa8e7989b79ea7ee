import type { MessageName } from '../engine/contract.ts';
import { plannedOnce } from './client.ts';
import type { Tx } from './data-source.ts';
import { ProcessStartEntity } from './entities/process-start.ts';
import { insertNew } from './once.ts';

/** Queues the start of a process by message; it is published until `confirmStart` is called. */
export async function queueStart(
  tx: Tx,
  messageName: MessageName,
  correlationKey: string,
  variables: Record<string, unknown>,
): Promise<void> {
  await insertNew(tx, ProcessStartEntity, { messageName, correlationKey, variables });
}

const CONFIRM = plannedOnce(`
update process_start set confirmed_at = now()
where message_name = $1 and correlation_key = $2 and confirmed_at is null`);

/** The started process runs: its start is not published again. */
export async function confirmStart(
  tx: Tx,
  messageName: MessageName,
  correlationKey: string,
): Promise<void> {
  await tx.query(CONFIRM, [messageName, correlationKey]);
}
