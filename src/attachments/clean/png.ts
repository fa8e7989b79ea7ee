import { Damaged } from './damaged.ts';
import type { Pieces } from './pieces.ts';

/** Chunks beside those that make the picture which say how it is to look. */
const LOOKS = [
  'tRNS',
  'cHRM',
  'gAMA',
  'iCCP',
  'sBIT',
  'sRGB',
  'cICP',
  'bKGD',
  'pHYs',
  'sPLT',
  'hIST',
];
const LONGEST = 0x7fff_ffff;

/** A PNG without texts, Exif and whatever follows the picture. */
export async function* cleanPng(pieces: Pieces): AsyncGenerator<Buffer> {
  yield await pieces.take(8);
  for (;;) {
    const head = await pieces.take(8);
    if (head.length === 0) return;
    if (head.length < 8) throw new Damaged();
    const type = head.toString('latin1', 4);
    const length = head.readUInt32BE();
    if (!/^[A-Za-z]{4}$/.test(type) || length > LONGEST) throw new Damaged();
    const withChecksum = length + 4;
    if (/^[A-Z]/.test(type) || LOOKS.includes(type)) {
      yield head;
      yield* pieces.pass(withChecksum);
    } else {
      await pieces.skip(withChecksum);
    }
    if (type === 'IEND') return;
  }
}
