import { Readable } from 'node:stream';
import type { Database } from '../db/data-source.ts';
import type { AttachmentStorage, ByteRange } from './storage.ts';

/** Bytes of a row: what one upload or download holds in memory. */
const CHUNK = 256 * 1024;

/** Bytes in rows of `attachment_chunk`, all of one file as long as `CHUNK` but the last. */
export function postgresStorage(db: Database): AttachmentStorage {
  return {
    async put(id, content) {
      let number = 0;
      for await (const chunk of inChunks(content)) {
        await db.query('insert into attachment_chunk values ($1, $2, $3)', [id, number, chunk]);
        number += 1;
      }
    },
    open: (id, range) => Readable.from(read(db, id, range), { objectMode: false }),
    async remove(id) {
      await db.query('delete from attachment_chunk where attachment_id = $1', [id]);
    },
  };
}

async function* inChunks(content: Readable): AsyncGenerator<Buffer> {
  let pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of content as AsyncIterable<Buffer>) {
    let rest = piece;
    while (length + rest.length >= CHUNK) {
      const cut = CHUNK - length;
      yield Buffer.concat([...pieces, rest.subarray(0, cut)]);
      rest = rest.subarray(cut);
      [pieces, length] = [[], 0];
    }
    if (rest.length > 0) pieces.push(rest);
    length += rest.length;
  }
  if (length > 0) yield Buffer.concat(pieces);
}

async function* read(db: Database, id: string, range?: ByteRange): AsyncGenerator<Buffer> {
  const { start, end } = range ?? { start: 0, end: Infinity };
  for (let number = Math.floor(start / CHUNK); number * CHUNK <= end; number += 1) {
    const [row] = await db.query<{ content: Buffer }[]>(
      'select content from attachment_chunk where attachment_id = $1 and number = $2',
      [id, number],
    );
    if (row === undefined) {
      if (number === 0) throw new Error(`attachment ${id} has no bytes`);
      return;
    }
    const from = number * CHUNK;
    yield row.content.subarray(Math.max(0, start - from), end - from + 1);
    if (row.content.length < CHUNK) return;
  }
}
