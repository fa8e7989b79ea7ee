import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { AttachmentStorage } from './storage.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Bytes in files of `folder`, named by id; a file has its name only when it is whole and on the disk. */
export function folderStorage(folder: string): AttachmentStorage {
  const fileOf = (id: string): string => {
    if (!UUID.test(id)) throw new Error(`no id of an attachment: ${id}`);
    return join(folder, id.slice(0, 2), id);
  };
  const partOf = (id: string): string => `${fileOf(id)}.part`;
  return {
    async put(id, content) {
      await mkdir(dirname(fileOf(id)), { recursive: true });
      const part = createWriteStream(partOf(id), { flush: true });
      const closed = new Promise<void>((done) => part.once('close', done));
      await pipeline(content, part).finally(() => closed);
      await rename(partOf(id), fileOf(id));
    },
    open: (id, range) => createReadStream(fileOf(id), range),
    async remove(id) {
      await rm(partOf(id), { force: true });
      await rm(fileOf(id), { force: true });
    },
  };
}
