import type { Database } from '../db/data-source.ts';
import { AttachmentEntity } from '../db/entities/attachment.ts';
import { insertOnce } from '../db/once.ts';
import { uuidOf } from '../db/uuid-of.ts';
import { filesByIds } from './list.ts';
import type { AttachmentStorage } from './storage.ts';

/**
 * Gives a message the curator's own copies of files of another, in their order: each message keeps and
 * loses its files by itself. Repeated, it makes no second copies.
 */
export async function copyFiles(
  { db, storage }: { db: Database; storage: AttachmentStorage },
  ids: readonly string[],
  messageId: string,
): Promise<void> {
  for (const { id: source, name, mediaType, size, sha256 } of await filesByIds(db.manager, ids)) {
    const id = uuidOf(`${source} ${messageId}`);
    const uploadedBy = 'куратор';
    const { row } = await insertOnce(
      db.manager,
      AttachmentEntity,
      { id, messageId, assignmentId: null, name, mediaType, uploadedBy, uploadedAt: new Date() },
      ['id'],
    );
    if (row.stored || row.removedAt !== null) continue;
    await storage.remove(id);
    await storage.put(id, storage.open(source));
    await db.manager.update(AttachmentEntity, { id }, { stored: true, size, sha256 });
  }
}
