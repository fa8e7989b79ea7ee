import { plannedOnce } from '../db/client.ts';
import type { Tx } from '../db/data-source.ts';
import type { Agency } from '../db/entities/agency.ts';
import { OfficialEntity } from '../db/entities/official.ts';
import { OutboxAttachmentEntity } from '../db/entities/outbox-attachment.ts';
import { log } from '../log.ts';
import { officialByLogin } from '../registry/queries.ts';

/** Where a notice goes: the channel agreed with the agency (clause 4) or an official's mail. */
export interface Address {
  channel: 'email' | 'webhook';
  address: string;
}

/** What is said. `key` is one for each notice: the same key is sent once, whatever is repeated. */
export interface Note {
  key: string;
  subject: string;
  /** Plain text, or HTML when it begins with `<`. */
  body: string;
  /** What a webhook gets beside subject and text. */
  payload?: Record<string, unknown>;
  /** Files that go with a mail. */
  attachments?: readonly Attachment[];
}

/** A file; `type` is its media type. */
export interface Attachment {
  name: string;
  type: string;
  content: Buffer;
}

// clock_timestamp: the notices of one transaction keep their order
const ADD = plannedOnce(`
insert into outbox (id, key, channel, address, subject, body, payload, created_at)
values (gen_random_uuid(), $1, $2, $3, $4, $5, $6, clock_timestamp())
on conflict (key) do nothing returning id`);

/** Puts a notice into the outbox; it is sent once the transaction is in. */
export async function notify(tx: Tx, to: Address, note: Note): Promise<void> {
  const { key, subject, body, payload, attachments = [] } = note;
  const [entry] = await tx.query<{ id: string }[]>(ADD, [
    key,
    to.channel,
    to.address,
    subject,
    body,
    payload ? JSON.stringify(payload) : null,
  ]);
  if (entry === undefined || attachments.length === 0) return;
  await tx.insert(
    OutboxAttachmentEntity,
    attachments.map((file, ordinal) => ({ outboxId: entry.id, ordinal, ...file })),
  );
}

/** The channel agreed with the agency (clause 4). */
export const channelOf = (agency: Pick<Agency, 'channelKind' | 'channelAddress'>): Address => ({
  channel: agency.channelKind,
  address: agency.channelAddress,
});

/** Mails an official; without an address only the log says so, the task in Tasklist is there all the same. */
export async function notifyOfficial(tx: Tx, login: string, note: Note): Promise<void> {
  const official = await officialByLogin(tx, login);
  if (official?.email == null) {
    log.warn({ login, key: note.key }, 'no mail address, notice not sent');
    return;
  }
  await notify(tx, { channel: 'email', address: official.email }, note);
}

/** Mails every curator. */
export async function notifyCurators(tx: Tx, note: Note): Promise<void> {
  const curators = await tx.find(OfficialEntity, {
    where: { role: 'curator' },
    order: { login: 'ASC' },
  });
  for (const { login } of curators) {
    await notifyOfficial(tx, login, { ...note, key: `${note.key}:${login}` });
  }
}
