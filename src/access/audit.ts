import { randomUUID } from 'node:crypto';
import { recordAudit } from '../db/audit.ts';
import type { Tx } from '../db/data-source.ts';
import { databaseNow } from '../db/now.ts';

/** Records a sign-in, a refusal of one, or a change of an account; never a password. */
export async function recordAccess(
  tx: Tx,
  entry: {
    /** Who did it. */
    subject: string;
    action: string;
    /** The account it is about; null: what was typed is no account, and might be a password. */
    login: string | null;
    details?: Record<string, unknown>;
  },
): Promise<void> {
  await recordAudit(tx, {
    key: `access:${randomUUID()}`,
    at: await databaseNow(tx),
    messageId: null,
    subject: entry.subject,
    action: entry.action,
    details: { login: entry.login, ...entry.details },
  });
}
