import { In } from 'typeorm';
import { recordAudit } from '../db/audit.ts';
import type { Database, Tx } from '../db/data-source.ts';
import { AnswerEntity } from '../db/entities/answer.ts';
import { AssignmentEntity } from '../db/entities/assignment.ts';
import { DraftEntity } from '../db/entities/draft.ts';
import { MessageEntity, type Message } from '../db/entities/message.ts';
import { databaseNow } from '../db/now.ts';
import { rowBy } from '../db/row-by.ts';
import { log } from '../log.ts';
import { regionSettings } from '../registry/queries.ts';
import { DEFAULT_RETENTION } from '../registry/settings.ts';
import { withoutAuthor, withoutContacts } from './redact.ts';

const BATCH = 100;

/**
 * Done with for longer than the retention, by the database's clock. What a deputy governor still has to
 * decide on, or the Governor to hear of, keeps its evidence (clauses 13, 15).
 */
const DUE = `
  erased_at is null and finished_at < now() - $1::interval
  and not exists (select from shortcoming s where s.message_id = m.id and s.closed_at is null)
  and not exists (select from urgent_report u
    where u.message_id = m.id and u.status in ('open', 'confirmed'))`;

/** How long authors' data are kept, ISO 8601: the region's choice. */
export async function retentionOf(tx: Tx): Promise<string> {
  return (await regionSettings(tx)).retention ?? DEFAULT_RETENTION;
}

/** How many messages are due to lose their authors' data. */
export async function countDue(db: Database): Promise<number> {
  const [row] = await db.query<{ count: number }[]>(
    `select count(*)::int as count from message m where ${DUE}`,
    [await retentionOf(db.manager)],
  );
  return row?.count ?? 0;
}

/**
 * Erases the personal data of the authors of messages that are done with for longer than the region's
 * retention, in batches, each a transaction; several processes may do it at once. What the figures of
 * clause 14 count stays. Returns how many messages it was.
 */
export async function eraseDue(db: Database, signal?: AbortSignal): Promise<number> {
  const retention = await retentionOf(db.manager);
  let erased = 0;
  for (let batch = BATCH; batch === BATCH && !signal?.aborted; erased += batch) {
    batch = await eraseBatch(db, retention);
  }
  // Notices quote messages; that they were sent is kept.
  await db.query(
    `update outbox set body = '', payload = null
     where sent_at < now() - $1::interval and (body <> '' or payload is not null)`,
    [retention],
  );
  if (erased > 0) log.info({ erased, retention }, "authors' personal data erased");
  return erased;
}

function eraseBatch(db: Database, retention: string): Promise<number> {
  return db.transaction(async (tx) => {
    const due = await tx.query<{ id: string }[]>(
      `select id from message m where ${DUE} order by finished_at limit ${BATCH}
       for update skip locked`,
      [retention],
    );
    const at = await databaseNow(tx);
    for (const { id } of due) await erase(tx, id, at);
    return due.length;
  });
}

async function erase(tx: Tx, messageId: string, at: Date): Promise<void> {
  const message = await rowBy(tx, MessageEntity, { id: messageId });
  const { authorName, authorUrl } = message;
  const erased: Partial<Message> = {
    authorName: null,
    authorUrl: null,
    photos: [],
    text: withoutContacts(message.text, authorName, authorUrl),
    note: message.note && withoutAuthor(message.note, authorName, authorUrl),
    erasedAt: at,
  };
  await tx.update(MessageEntity, { id: messageId }, erased);
  for (const { id, text } of await tx.findBy(AnswerEntity, { messageId })) {
    await tx.update(AnswerEntity, { id }, { text: withoutAuthor(text, authorName, authorUrl) });
  }
  const assignments = await tx.findBy(AssignmentEntity, { messageId });
  const drafts = await tx.findBy(DraftEntity, {
    assignmentId: In(assignments.map(({ id }) => id)),
  });
  for (const { id, text } of drafts) {
    await tx.update(DraftEntity, { id }, { text: withoutAuthor(text, authorName, authorUrl) });
  }
  await tx.query('delete from likeness where message_id = $1', [messageId]);
  await tx.query('update publication set sent = null, received = null where message_id = $1', [
    messageId,
  ]);
  await recordAudit(tx, {
    key: `erased:${messageId}`,
    at,
    messageId,
    subject: 'система',
    action: 'удалены данные автора: истёк срок хранения',
  });
}
