import type { Tx } from '../db/data-source.ts';
import { NetworkSwitchEntity } from '../db/entities/network-switch.ts';
import { rowOrNull, rowsBy } from '../db/row-by.ts';

/** Whether a network is read now, as the administrator switched it; what `networks.yaml` forbids stays so. */
export async function mayRead(tx: Tx, network: string): Promise<boolean> {
  return (await rowOrNull(tx, NetworkSwitchEntity, { network }))?.canRead ?? true;
}

/** Those where no answers are published now, likewise. */
export async function networksWithoutReplies(tx: Tx): Promise<string[]> {
  const switches = await rowsBy(tx, NetworkSwitchEntity, { canReply: false });
  return switches.map(({ network }) => network);
}
