import { Damaged } from './damaged.ts';
import type { Pieces } from './pieces.ts';

const [SOI, EOI, SOS, COMMENT] = [0xd8, 0xd9, 0xda, 0xfe];
const [APP0, APP1, APP2, APP14, APP15] = [0xe0, 0xe1, 0xe2, 0xee, 0xef];

/**
 * A JPEG without what cameras and editors write about it (Exif with its position, XMP, IPTC, comments,
 * further pictures after the first); which side is up, colours and the picture itself stay as they are.
 */
export async function* cleanJpeg(pieces: Pieces): AsyncGenerator<Buffer> {
  if ((await marker(pieces)) !== SOI) throw new Damaged();
  yield Buffer.from([0xff, SOI]);
  for (;;) {
    const code = await marker(pieces);
    if (code === null) return;
    if (code === EOI) {
      yield Buffer.from([0xff, EOI]);
      return;
    }
    const length = await pieces.take(2);
    const size = length.length === 2 ? length.readUInt16BE() - 2 : -1;
    if (size < 0) throw new Damaged();
    const body = await pieces.take(size);
    if (body.length < size) throw new Damaged();
    const kept = code === APP1 ? onlyOrientation(body) : stays(code, body) ? body : null;
    if (kept !== null) yield segment(code, kept);
    if (code === SOS) yield* picture(pieces);
  }
}

function stays(code: number, body: Buffer): boolean {
  if (code === APP2) return body.toString('latin1', 0, 11) === 'ICC_PROFILE';
  if (code === APP0 || code === APP14) return true;
  return code !== COMMENT && !(code > APP0 && code <= APP15);
}

/** The code of the next marker, any filling before it left out; null at the end. */
async function marker(pieces: Pieces): Promise<number | null> {
  const first = await pieces.take(1);
  if (first.length === 0) return null;
  if (first[0] !== 0xff) throw new Damaged();
  for (;;) {
    const code = (await pieces.take(1))[0];
    if (code === undefined) return null;
    if (code !== 0xff) return code;
  }
}

/** The compressed picture up to the marker that ends it. */
async function* picture(pieces: Pieces): AsyncGenerator<Buffer> {
  for (;;) {
    const piece = await pieces.some();
    if (piece === null) return;
    const at = nextMarker(piece);
    if (at === -1) {
      yield piece;
      continue;
    }
    yield piece.subarray(0, at);
    const rest = piece.subarray(at);
    const more = rest.length === 1 ? await pieces.some() : Buffer.alloc(0);
    if (more === null) return;
    pieces.unread(Buffer.concat([rest, more]));
    if (nextMarker(rest) === 0 && rest.length > 1) return;
  }
}

/** Where a marker begins, or may begin with the last byte; -1 for none. Zero and restarts are data. */
function nextMarker(bytes: Buffer): number {
  for (let at = bytes.indexOf(0xff); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const code = bytes[at + 1];
    if (code === undefined) return at;
    if (code !== 0 && code !== 0xff && !(code >= 0xd0 && code <= 0xd7)) return at;
  }
  return -1;
}

function segment(code: number, body: Buffer): Buffer {
  const head = Buffer.from([0xff, code, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

/** An Exif segment with nothing but which side of the picture is up; null when that is the usual one. */
function onlyOrientation(body: Buffer): Buffer | null {
  if (body.toString('latin1', 0, 6) !== 'Exif\0\0') return null;
  const orientation = orientationOf(body.subarray(6));
  if (orientation === null || orientation < 2 || orientation > 8) return null;
  const exif = Buffer.from(
    '457869660000' + '4d4d002a00000008' + '0001' + '0112000300000001' + '00000000' + '00000000',
    'hex',
  );
  exif.writeUInt16BE(orientation, 24);
  return exif;
}

const ORIENTATION = 0x0112;

function orientationOf(tiff: Buffer): number | null {
  const order = tiff.toString('latin1', 0, 2);
  if (tiff.length < 8 || (order !== 'II' && order !== 'MM')) return null;
  const little = order === 'II';
  const short = (at: number) => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const directory = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  if (directory + 2 > tiff.length) return null;
  for (let index = 0; index < short(directory); index += 1) {
    const entry = directory + 2 + index * 12;
    if (entry + 12 > tiff.length) return null;
    if (short(entry) === ORIENTATION) return short(entry + 8);
  }
  return null;
}
