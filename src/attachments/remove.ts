import { IsNull, Not } from 'typeorm';
import { recordAudit } from '../db/audit.ts';
import { changeRows } from '../db/change-rows.ts';
import type { Tx } from '../db/data-source.ts';
import { AttachmentEntity } from '../db/entities/attachment.ts';
import { InputError } from '../errors.ts';
import type { Side } from './links.ts';
import { openPlace } from './place.ts';
import type { AttachmentDeps } from './receive.ts';

type Deps = Pick<AttachmentDeps, 'db' | 'storage'>;

/**
 * Takes a file away from the draft or the answer whose own it is; what was sent with an earlier version
 * stays with that version. Doing it again changes nothing.
 * @throws InputError in Russian.
 */
export async function removeFile(
  deps: Deps,
  { side, id: placeId }: { side: Side; id: string },
  id: string,
): Promise<void> {
  await deps.db.transaction(async (tx) => {
    const place = await openPlace(tx, side, placeId);
    const file = await tx.findOneBy(AttachmentEntity, {
      id,
      messageId: place.message.id,
      assignmentId: place.assignmentId ?? IsNull(),
    });
    if (file !== null && file.removedAt !== null) return;
    if (!file?.stored) throw new InputError('Такого файла здесь нет.');
    const at = new Date();
    await changeRows(tx, AttachmentEntity, { id }, { removedAt: at });
    await recordAudit(tx, {
      key: `attachment:${id}:removed`,
      at,
      messageId: place.message.id,
      subject: place.subject,
      action: `убран файл «${file.name}»`,
      details: { attachmentId: id },
    });
  });
  if (await isUnused(deps.db.manager, id)) await erase(deps, id);
}

/**
 * Leaves a file of an executor out of the answer, or takes it in again (clauses 8, 10).
 * @throws InputError in Russian.
 */
export async function leaveOut(
  { db }: Pick<AttachmentDeps, 'db'>,
  messageId: string,
  id: string,
  out: boolean,
): Promise<void> {
  await db.transaction(async (tx) => {
    await openPlace(tx, 'curator', messageId);
    const file = await tx.findOneBy(AttachmentEntity, {
      id,
      messageId,
      assignmentId: Not(IsNull()),
    });
    if (file === null) throw new InputError('Такого файла здесь нет.');
    if ((file.leftOutAt !== null) === out) return;
    const at = new Date();
    await changeRows(tx, AttachmentEntity, { id }, { leftOutAt: out ? at : null });
    await recordAudit(tx, {
      key: `attachment:${id}:${out ? 'left-out' : 'taken-in'}:${at.toISOString()}`,
      at,
      messageId,
      subject: 'куратор',
      action: out ? `файл «${file.name}» не войдёт в ответ` : `файл «${file.name}» войдёт в ответ`,
      details: { attachmentId: id },
    });
  });
}

/** Frees the room of a removed file that no version carries. */
export async function erase({ db, storage }: Deps, id: string): Promise<void> {
  await storage.remove(id);
  await db.manager.update(AttachmentEntity, { id }, { stored: false });
}

/** Removed, its bytes still there, and in no version of a draft or an answer. */
export const UNUSED = `
  stored and removed_at is not null
  and not exists (select from draft d
    where d.assignment_id = attachment.assignment_id and d.attachments ? attachment.id::text)
  and not exists (select from answer a
    where a.message_id = attachment.message_id and a.attachments ? attachment.id::text)`;

async function isUnused(tx: Tx, id: string): Promise<boolean> {
  const found = await tx.query<unknown[]>(`select from attachment where id = $1 and ${UNUSED}`, [
    id,
  ]);
  return found.length > 0;
}
