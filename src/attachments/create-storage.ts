import type { Database } from '../db/data-source.ts';
import { folderStorage } from './folder-storage.ts';
import { postgresStorage } from './postgres-storage.ts';
import type { AttachmentStorage } from './storage.ts';

/** `place` is `postgres`, so that several processes share it, or a folder. */
export function createStorage(place: string, db: Database): AttachmentStorage {
  return place === 'postgres' ? postgresStorage(db) : folderStorage(place);
}
