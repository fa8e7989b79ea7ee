import { createHash } from 'node:crypto';
import { OutboxEntryEntity, type OutboxEntry } from '../../../src/db/entities/outbox.ts';
import type { Comparison } from '../compare.ts';
import { grouped } from '../grouped.ts';

/**
 * Each notice arrived, nothing arrived that is no notice, and no two notices say the same (clause 4).
 * Mail cannot be sent exactly once: who dies between the server's word and its own record sends it
 * again, under the same Message-ID. Such repetitions are counted.
 */
export const notices: Comparison = async ({ world: { db }, records }) => {
  const rows = await db.getRepository(OutboxEntryEntity).find();
  const faults: string[] = [];
  const arrived = [
    ...[...records.mails.values()].map(({ messageId }) => messageId),
    ...[...records.hooks.values()].map(({ body }) => `hook ${(body as { key: string }).key}`),
  ];
  const copies = grouped(arrived, (id) => id);
  let repeated = 0;
  for (const row of rows) {
    const found = copies.get(idOf(row))?.length ?? 0;
    if (row.sentAt === null) faults.push(`notice ${row.key} was not sent`);
    if (found === 0) faults.push(`notice ${row.key} did not arrive`);
    else repeated += found - 1;
  }
  const known = new Set(rows.map(idOf));
  for (const id of copies.keys()) if (!known.has(id)) faults.push(`${id} arrived and is no notice`);
  for (const same of grouped(rows, saying).values()) {
    if (same.length > 1) {
      faults.push(`the same is said by the notices ${same.map(({ key }) => key).join(', ')}`);
    }
  }
  return { counted: { notices: rows.length, 'sent again under the same id': repeated }, faults };
};

const idOf = ({ channel, key }: OutboxEntry): string =>
  channel === 'webhook'
    ? `hook ${key}`
    : `<${createHash('sha256').update(key).digest('hex').slice(0, 32)}@otklik>`;

function saying({ channel, address, subject, body, payload }: OutboxEntry): string {
  const { assignmentId } = (payload ?? {}) as { assignmentId?: string };
  return JSON.stringify([channel, address, subject, body, assignmentId]);
}
