import type { Tx } from './data-source.ts';
import { AuditEntryEntity, type AuditEntry } from './entities/audit.ts';
import { insertNew } from './once.ts';

/** Adds a line to the history; a second line with the same `key` is not added. */
export async function recordAudit(
  tx: Tx,
  entry: Omit<AuditEntry, 'id' | 'details' | 'key'> & {
    key: string;
    details?: Record<string, unknown>;
  },
): Promise<void> {
  await insertNew(tx, AuditEntryEntity, { details: {}, ...entry });
}
