/** A photo of 16 by 8 points, without a word about it. */
export const photo = Buffer.from(
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDACgcHiMeGSgjISMtKygwPGRBPDc3PHtYXUlkkYCZlo+AjIqgtObDoKra' +
    'rYqMyP/L2u71////m8H////6/+b9//j/2wBDASstLTw1PHZBQXb4pYyl+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4' +
    '+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj/wAARCAAIABADASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAA' +
    'AAP/xAAWEAEBAQAAAAAAAAAAAAAAAAAAAQL/xAAVAQEBAAAAAAAAAAAAAAAAAAABAv/EABYRAQEBAAAAAAAAAAAA' +
    'AAAAAAABMf/aAAwDAQACEQMRAD8ArqoboIuiP//Z',
  'base64',
);

/** A JPEG segment. */
export function segment(code: number, body: Buffer): Buffer {
  const head = Buffer.from([0xff, code, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

/** What a phone writes into a photo: the place (a text to look for) and which side is up. */
export function phonePhoto(place: string, orientation = 6): Buffer {
  return Buffer.concat([
    photo.subarray(0, 2),
    segment(0xe1, exif(place, orientation)),
    segment(0xe1, Buffer.from(`http://ns.adobe.com/xap/1.0/\0<x>${place}</x>`)),
    segment(0xed, Buffer.from(`Photoshop 3.0\0${place}`)),
    segment(0xfe, Buffer.from(place)),
    photo.subarray(2),
    Buffer.from(`trailer ${place}`),
  ]);
}

/** Exif in Intel's order: orientation, and a directory for the position with a text in it. */
function exif(place: string, orientation: number): Buffer {
  const tiff = Buffer.alloc(56);
  tiff.write('II*\0', 'latin1');
  tiff.writeUInt32LE(8, 4);
  tiff.writeUInt16LE(2, 8);
  entry(tiff, 10, 0x0112, 3, 1, orientation);
  entry(tiff, 22, 0x8825, 4, 1, 38);
  tiff.writeUInt16LE(1, 38);
  entry(tiff, 40, 0x001d, 2, Buffer.byteLength(place) + 1, 56);
  return Buffer.concat([Buffer.from('Exif\0\0'), tiff, Buffer.from(`${place}\0`)]);
}

function entry(tiff: Buffer, at: number, tag: number, type: number, count: number, value: number) {
  tiff.writeUInt16LE(tag, at);
  tiff.writeUInt16LE(type, at + 2);
  tiff.writeUInt32LE(count, at + 4);
  tiff.writeUInt32LE(value, at + 8);
}

/** A PNG chunk; nobody checks the sum. */
export function pngChunk(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body, Buffer.alloc(4)]);
}

/** A box of an MP4. */
export function box(type: string, ...inside: Buffer[]): Buffer {
  const body = Buffer.concat(inside);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
}

/** The frame of a phone's video; it cannot be played. */
export function phoneVideo(place: string): Buffer {
  const text = Buffer.from(place);
  return Buffer.concat([
    box('ftyp', Buffer.from('isom\0\0\0\0isommp42')),
    box(
      'moov',
      box('mvhd', Buffer.alloc(100)),
      box('trak', box('tkhd', Buffer.alloc(84)), box('udta', text)),
      box('udta', box('\u00a9xyz', text)),
      box('meta', text),
    ),
    box('mdat', Buffer.alloc(1_000, 7)),
  ]);
}
