import { randomBytes } from 'node:crypto';
import { Router } from 'express';
import type { Storage } from '../storage.ts';

export interface Image {
  type: 'jpg' | 'png' | 'gif';
  width: number;
  height: number;
}

export const contentTypes = { jpg: 'image/jpeg', png: 'image/png', gif: 'image/gif' } as const;

/** Recognises the formats networks take by their first bytes; null for anything else. */
function readImage(bytes: Buffer): Image | null {
  if (bytes.length > 24 && bytes.readUInt32BE(0) === 0x89504e47) {
    return { type: 'png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
  }
  if (bytes.length > 10 && /^GIF8[79]a/.test(bytes.toString('latin1', 0, 6))) {
    return { type: 'gif', width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) };
  }
  if (bytes.length > 4 && bytes.readUInt16BE(0) === 0xffd8) return readJpeg(bytes);
  return null;
}

function readJpeg(bytes: Buffer): Image | null {
  let at = 2;
  while (at + 9 < bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    // A start-of-frame segment carries the size; C4, C8 and CC are not frames.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return { type: 'jpg', height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    }
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return null;
}

/** Stores an image under a random name; null when it is not JPG, PNG or GIF. */
export function keepImage(storage: Storage, bytes: Buffer) {
  const image = readImage(bytes);
  // VK's limit: width and height together up to 14,000 pixels.
  if (!image || image.width + image.height > 14_000) return null;
  const file = `${randomBytes(8).toString('hex')}.${image.type}`;
  storage.put(file, bytes);
  return { file, width: image.width, height: image.height };
}

/** The photos themselves, `/photo/…`. */
export function servePhotos(storage: Storage): Router {
  const router = Router();
  router.get('/photo/:file', (req, res) => {
    const type = /\.(jpg|png|gif)$/.exec(req.params.file)?.[1] as keyof typeof contentTypes;
    const bytes = type && /^[0-9a-f]+\.\w+$/.test(req.params.file) && storage.get(req.params.file);
    if (!bytes) {
      res.sendStatus(404);
      return;
    }
    res.set('cache-control', 'public, max-age=31536000, immutable');
    res.type(contentTypes[type]).send(bytes);
  });
  return router;
}
