import type { Tx } from '../db/data-source.ts';
import { AuditEntryEntity } from '../db/entities/audit.ts';
import { rowOrNull } from '../db/row-by.ts';

/** The line of the history that says when the evidence was gathered. */
export const evidenceKey = (shortcomingId: string): string =>
  `shortcoming:${shortcomingId}:evidence`;

/** When the evidence was gathered, so that the notice says what the evidence says; null: not yet. */
export async function evidenceTime(tx: Tx, shortcomingId: string): Promise<Date | null> {
  const line = await rowOrNull(tx, AuditEntryEntity, { key: evidenceKey(shortcomingId) });
  return line?.at ?? null;
}
