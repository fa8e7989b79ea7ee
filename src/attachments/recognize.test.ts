import { expect } from 'chai';
import { box, photo, phoneVideo } from '../../test/photos.ts';
import { pixel } from '../../sandbox/testing.ts';
import { recognize } from './recognize.ts';

const refusal = (name: string, head: Buffer): Promise<string> =>
  recognize(name, head).then(
    ({ type }) => expect.fail(`taken as ${type}`),
    (error: Error) => error.message,
  );

describe('What a file is', () => {
  for (const [name, head, type] of [
    ['a.jpg', photo, 'image/jpeg'],
    ['a.JPEG', photo, 'image/jpeg'],
    ['a', photo, 'image/jpeg'],
    ['a.png', pixel, 'image/png'],
    ['a.gif', Buffer.from('GIF89a\x01\0\x01\0\0\0\0;'), 'image/gif'],
    ['a.mp4', phoneVideo('x'), 'video/mp4'],
    ['a.mov', phoneVideo('x'), 'video/mp4'],
    ['a.MOV', box('ftyp', Buffer.from('qt  \0\0\0\0qt  ')), 'video/quicktime'],
  ] as const) {
    it(`is told by its content: ${name} is ${type}`, async () => {
      expect((await recognize(name, head)).type).to.equal(type);
    });
  }

  it('is not what its name says: said with what it is', async () => {
    expect(await refusal('a.jpg', pixel))
      .to.contain('«a.jpg» по содержимому — PNG')
      .and.contain('.png');
    expect(await refusal('a.html', photo)).to.contain('по содержимому — JPEG');
  });

  for (const [name, head, what] of [
    ['a.jpg', Buffer.from('%PDF-1.7\n%âãÏÓ\n'), 'это PDF'],
    ['a.jpg', Buffer.from('<script>alert(1)</script>'), 'не фотография и не видео'],
    ['a.svg', Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'), 'XML'],
    ['a.jpg', Buffer.from('MZ\x90\0\x03\0\0\0'), 'это EXE'],
    ['a.heic', box('ftyp', Buffer.from('heic\0\0\0\0mif1heic')), 'это HEIC'],
    ['a.jpg', Buffer.from([0xff]), 'не фотография и не видео'],
  ] as const) {
    it(`is neither photo nor video: ${what}`, async () => {
      const said = await refusal(name, head);
      expect(said).to.contain(what);
      expect(said).to.contain('Принимаются JPEG, PNG, GIF, MP4');
    });
  }

  it('is nothing', async () => {
    expect(await refusal('a.jpg', Buffer.alloc(0))).to.contain('пуст');
  });
});
