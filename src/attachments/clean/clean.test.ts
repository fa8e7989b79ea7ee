import { expect } from 'chai';
import { pixel } from '../../../sandbox/testing.ts';
import { box, phonePhoto, phoneVideo, photo, pngChunk, segment } from '../../../test/photos.ts';
import { cleaned } from './clean.ts';
import { Damaged } from './damaged.ts';

const PLACE = '54.7818N 32.0401E';

/** `bytes` cleaned, coming in pieces of `size`. */
async function clean(bytes: Buffer, type: string, size = 7): Promise<Buffer> {
  // eslint-disable-next-line @typescript-eslint/require-await
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  const out: Buffer[] = [];
  for await (const piece of cleaned(pieces(), type)) out.push(Buffer.from(piece));
  return Buffer.concat(out);
}

const failure = (given: Promise<unknown>): Promise<unknown> =>
  given.then(
    () => expect.fail('nothing was thrown'),
    (error: unknown) => error,
  );

describe('A photo', () => {
  for (const size of [1, 2, 3, 64, 100_000]) {
    it(`loses the place where it was taken, and nothing of the picture (pieces of ${size})`, async () => {
      const given = phonePhoto(PLACE, 1);
      expect(given.includes(PLACE)).to.be.true;
      expect(await clean(given, 'image/jpeg', size)).to.deep.equal(photo);
    });
  }

  it('still says which side of it is up', async () => {
    const out = await clean(phonePhoto(PLACE, 6), 'image/jpeg');
    expect(out.includes(PLACE)).to.be.false;
    const at = out.indexOf('Exif\0\0');
    expect(out.readUInt16BE(at - 2)).to.equal(34);
    expect(out.subarray(at + 6, at + 10).toString('latin1')).to.equal('MM\0*');
    expect(out.readUInt16BE(at + 24)).to.equal(6);
    expect(out.length).to.equal(photo.length + 36);
  });

  it('keeps its colours', async () => {
    const colours = segment(0xe2, Buffer.from('ICC_PROFILE\0\x01\x01colours'));
    const given = Buffer.concat([
      photo.subarray(0, 2),
      colours,
      segment(0xe2, Buffer.from('MPF\0more pictures')),
      photo.subarray(2),
    ]);
    const out = await clean(given, 'image/jpeg');
    expect(out).to.deep.equal(Buffer.concat([photo.subarray(0, 2), colours, photo.subarray(2)]));
  });

  it('of several scans stays whole', async () => {
    const scan = photo.indexOf(Buffer.from([0xff, 0xda]));
    const given = Buffer.concat([
      photo.subarray(0, -2),
      segment(0xc4, Buffer.from('a table')),
      photo.subarray(scan, -2),
      Buffer.from([0xff, 0x00, 0xff, 0xd3, 0xff, 0xff, 0xd9]),
    ]);
    for (const size of [1, 5, 1_000]) {
      expect(await clean(given, 'image/jpeg', size)).to.deep.equal(given);
    }
  });

  it('that is damaged is refused in Russian', async () => {
    for (const given of [
      Buffer.concat([photo.subarray(0, 30), Buffer.from('garbage in the midst of it')]),
      photo.subarray(0, 40),
      Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0, 0]),
    ]) {
      const error = await failure(clean(given, 'image/jpeg'));
      expect(error).to.be.instanceOf(Damaged);
      expect((error as Error).message).to.contain('повреждён');
    }
  });

  it('whatever its Exif says, passes without it', async () => {
    const bodies = [
      '',
      'II',
      'II*\0\xff\xff\xff\xff',
      'II*\0\x08\0\0\0\xff\xff',
      'MM\0*\0\0\0\x08\xff\xff',
    ];
    for (const body of bodies) {
      const exif = segment(0xe1, Buffer.from(`Exif\0\0${body}`, 'latin1'));
      const given = Buffer.concat([photo.subarray(0, 2), exif, photo.subarray(2)]);
      expect(await clean(given, 'image/jpeg')).to.deep.equal(photo);
    }
  });

  it('as PNG loses texts, Exif and what follows it', async () => {
    const end = pixel.length - 12;
    const given = Buffer.concat([
      pixel.subarray(0, 33),
      pngChunk('eXIf', Buffer.from(PLACE)),
      pngChunk('iTXt', Buffer.from(PLACE)),
      pngChunk('prVt', Buffer.from(PLACE)),
      pixel.subarray(33, end),
      pixel.subarray(end),
      Buffer.from(PLACE),
    ]);
    expect(await clean(given, 'image/png')).to.deep.equal(pixel);
    expect(await clean(given, 'image/png', 100_000)).to.deep.equal(pixel);
    const broken = Buffer.concat([
      pixel.subarray(0, 33),
      Buffer.from('\xff\xff\xff\xff<b>!', 'latin1'),
    ]);
    expect(await failure(clean(broken, 'image/png'))).to.be.instanceOf(Damaged);
  });
});

describe('A video', () => {
  for (const size of [1, 9, 100_000]) {
    it(`loses the place and keeps its length (pieces of ${size})`, async () => {
      const given = phoneVideo(PLACE);
      const out = await clean(given, 'video/mp4', size);
      expect(out.length).to.equal(given.length);
      expect(out.includes(PLACE)).to.be.false;
      expect(out.includes('udta')).to.be.false;
      const frames = given.indexOf('mdat');
      expect(out.subarray(frames)).to.deep.equal(given.subarray(frames));
    });
  }

  it('with boxes of any size passes', async () => {
    const large = Buffer.alloc(16);
    large.writeUInt32BE(1);
    large.write('uuid', 4);
    large.writeBigUInt64BE(BigInt(16 + PLACE.length), 8);
    const toTheEnd = Buffer.from('\0\0\0\0mdatframes');
    const given = Buffer.concat([large, Buffer.from(PLACE), toTheEnd]);
    const out = await clean(given, 'video/quicktime');
    expect(out.length).to.equal(given.length);
    expect(out.includes(PLACE)).to.be.false;
    expect(out.subarray(-toTheEnd.length)).to.deep.equal(toTheEnd);
  });

  it('that is damaged is refused', async () => {
    const given = Buffer.concat([box('ftyp', Buffer.from('isom')), Buffer.from('\0\0\0\x03moov')]);
    expect(await failure(clean(given, 'video/mp4'))).to.be.instanceOf(Damaged);
  });
});
