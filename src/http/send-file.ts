import type { Request, Response } from 'express';
import { pipeline } from 'node:stream/promises';
import { mediaOf } from '../attachments/media.ts';
import type { AttachmentStorage } from '../attachments/storage.ts';
import type { AttachmentRow } from '../db/entities/attachment.ts';

/**
 * Sends a photo or video, or the part of it that was asked for. Whatever it holds, a browser never
 * runs it: only pictures and videos are shown in place, sandboxed, and their type is not guessed.
 */
export async function sendFile(
  storage: AttachmentStorage,
  file: AttachmentRow,
  request: Request,
  response: Response,
): Promise<void> {
  const { size, mediaType, name } = file;
  const shown = mediaOf(mediaType).shown !== null && request.query['download'] === undefined;
  response.set({
    'content-type': shown ? mediaType : 'application/octet-stream',
    'content-disposition': `${shown ? 'inline' : 'attachment'}; filename*=UTF-8''${encoded(name)}`,
    'content-security-policy':
      "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox",
    'x-content-type-options': 'nosniff',
    'accept-ranges': 'bytes',
    'cache-control': 'private, max-age=600',
  });
  const ranges = request.range(size);
  const range =
    Array.isArray(ranges) && ranges.type === 'bytes' && ranges.length === 1 ? ranges[0] : undefined;
  if (ranges === -1) {
    response.status(416).set('content-range', `bytes */${size}`).removeHeader('content-type');
    response.end();
    return;
  }
  if (range) {
    response.status(206).set('content-range', `bytes ${range.start}-${range.end}/${size}`);
  }
  response.set('content-length', String(range ? range.end - range.start + 1 : size));
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  try {
    await pipeline(storage.open(file.id, range && { ...range }), response);
  } catch (error) {
    // A reader that went away is no fault of ours.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}

const encoded = (name: string): string =>
  encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
