import type { Readable } from 'node:stream';

/** Where the bytes of photos and videos are kept; ids are UUIDs. */
export interface AttachmentStorage {
  /**
   * Keeps all of `content` under `id`, piece by piece. Rejects when the stream or the storage fails;
   * what was written by then is for `remove` to take away.
   */
  put(id: string, content: Readable): Promise<void>;
  /** The bytes from `start` to `end`, both included; the stream fails when there are none. */
  open(id: string, range?: ByteRange): Readable;
  /** Takes the bytes away, also those of an unfinished `put`; nothing there is no fault. */
  remove(id: string): Promise<void>;
}

export interface ByteRange {
  start: number;
  end: number;
}
