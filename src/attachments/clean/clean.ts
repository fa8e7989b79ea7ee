import { cleanJpeg } from './jpeg.ts';
import { cleanMp4 } from './mp4.ts';
import { Pieces } from './pieces.ts';
import { cleanPng } from './png.ts';

const CLEANERS: Record<string, (pieces: Pieces) => AsyncGenerator<Buffer>> = {
  'image/jpeg': cleanJpeg,
  'image/png': cleanPng,
  'video/mp4': cleanMp4,
  'video/quicktime': cleanMp4,
};

/**
 * A file as it goes on: without the place where it was taken and the like. GIF and WebM, which cameras
 * do not write, pass as they are.
 */
export function cleaned(content: AsyncIterable<Buffer>, mediaType: string): AsyncIterable<Buffer> {
  return CLEANERS[mediaType]?.(new Pieces(content)) ?? content;
}
