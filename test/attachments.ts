import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { createAttachmentLinks } from '../src/attachments/links.ts';
import { createStorage } from '../src/attachments/create-storage.ts';
import type { Database } from '../src/db/data-source.ts';
import { AttachmentEntity, type AttachmentRow } from '../src/db/entities/attachment.ts';
import type { AttachmentPages } from '../src/http/attachments.ts';
import { photo } from './photos.ts';

/** What the pages of photos and videos need, with small limits. */
export const attachmentPages = (db: Database): AttachmentPages => ({
  storage: createStorage('postgres', db),
  limits: { bytes: 1024 * 1024, count: 5 },
  links: createAttachmentLinks('', 'a secret of sixteen'),
});

/** A photo that is kept already; gives its id. */
export async function anAttachment(
  db: Database,
  messageId: string,
  over: Partial<AttachmentRow> = {},
  bytes = photo,
): Promise<string> {
  const id = randomUUID();
  await createStorage('postgres', db).put(id, Readable.from([bytes]));
  await db.getRepository(AttachmentEntity).insert({
    id,
    messageId,
    name: 'двор.jpg',
    mediaType: 'image/jpeg',
    size: bytes.length,
    uploadedBy: 'куратор',
    uploadedAt: new Date(),
    stored: true,
    ...over,
  });
  return id;
}
