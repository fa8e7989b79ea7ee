import { Damaged } from './damaged.ts';
import type { Pieces } from './pieces.ts';

/** Boxes whose inside is looked at. */
const OPENED = ['moov', 'trak'];
/** Boxes in which cameras write the place, the device, the author. */
const EMPTIED = ['udta', 'meta', 'uuid'];
const ZEROS = Buffer.alloc(64 * 1024);

/**
 * An MP4 or MOV with the boxes that describe its making emptied in place, so that nothing in it moves.
 * Positions that are a track of their own (some action cameras) stay.
 */
export async function* cleanMp4(pieces: Pieces): AsyncGenerator<Buffer> {
  for (;;) {
    const head = await pieces.take(8);
    if (head.length < 8) {
      yield head;
      return;
    }
    const type = head.toString('latin1', 4);
    const { header, inside } = await sizeOf(head, pieces);
    if (!EMPTIED.includes(type)) {
      yield header;
      if (!OPENED.includes(type)) yield* pieces.pass(inside);
      continue;
    }
    header.write('free', 4, 'latin1');
    yield header;
    for await (const piece of pieces.pass(inside)) {
      for (let at = 0; at < piece.length; at += ZEROS.length) {
        yield ZEROS.subarray(0, Math.min(ZEROS.length, piece.length - at));
      }
    }
  }
}

/** `inside`: bytes of the box after its header; a box of size zero goes on to the end. */
async function sizeOf(head: Buffer, pieces: Pieces): Promise<{ header: Buffer; inside: number }> {
  const size = head.readUInt32BE();
  if (size === 0) return { header: head, inside: Infinity };
  if (size !== 1) {
    if (size < 8) throw new Damaged();
    return { header: head, inside: size - 8 };
  }
  const large = await pieces.take(8);
  const whole = large.length === 8 ? Number(large.readBigUInt64BE()) : 0;
  if (whole < 16) throw new Damaged();
  return { header: Buffer.concat([head, large]), inside: whole - 16 };
}
