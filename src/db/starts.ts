import { IsNull } from 'typeorm';
import type { MessageName } from '../engine/contract.ts';
import type { Tx } from './data-source.ts';
import { ProcessStartEntity } from './entities/process-start.ts';
import { insertOnce } from './once.ts';

/** Queues the start of a process by message; it is published until `confirmStart` is called. */
export async function queueStart(
  tx: Tx,
  messageName: MessageName,
  correlationKey: string,
  variables: Record<string, unknown>,
): Promise<void> {
  await insertOnce(tx, ProcessStartEntity, { messageName, correlationKey, variables }, [
    'messageName',
    'correlationKey',
  ]);
}

/** The started process runs: its start is not published again. */
export async function confirmStart(
  tx: Tx,
  messageName: MessageName,
  correlationKey: string,
): Promise<void> {
  await tx.update(
    ProcessStartEntity,
    { messageName, correlationKey, confirmedAt: IsNull() },
    { confirmedAt: () => 'now()' },
  );
}
