import busboy from 'busboy';
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { BROKEN_OFF, TooLarge, tooLargeText } from '../attachments/receive.ts';
import { InputError } from '../errors.ts';

/** What a multipart form adds to its one file. */
const OVERHEAD = 64 * 1024;
const NO_FILE = 'Выберите файл.';

/**
 * Hands the one file of a multipart form to `take` as it comes in, and gives what `take` gives. A form
 * that says it is longer than a file of `bytes` may be is refused unread.
 * @throws InputError in Russian; TooLarge when the rest of the request is not to be read.
 */
export async function upload<T>(
  request: IncomingMessage,
  bytes: number,
  take: (file: { name: string; content: Readable }) => Promise<T>,
): Promise<T> {
  if (Number(request.headers['content-length'] ?? 0) > bytes + OVERHEAD) {
    throw new TooLarge(tooLargeText('Файл', bytes));
  }
  const form = parserOf(request);
  const breakOff = () => {
    if (!request.complete) form.destroy(new InputError(BROKEN_OFF));
  };
  request.once('close', breakOff);
  try {
    return await new Promise<T>((resolve, reject) => {
      let begun = false;
      form.once('file', (_field, content, { filename }) => {
        begun = Boolean(filename);
        if (begun) take({ name: filename, content }).then(resolve, reject);
        else content.resume();
      });
      form.once('finish', () => {
        if (!begun) reject(new InputError(NO_FILE));
      });
      form.on('error', () => reject(new InputError(BROKEN_OFF)));
      request.pipe(form);
    });
  } finally {
    request.off('close', breakOff);
    request.unpipe(form);
  }
}

function parserOf(request: IncomingMessage): busboy.Busboy {
  try {
    return busboy({
      headers: request.headers,
      defParamCharset: 'utf8',
      limits: { files: 1, fields: 0, headerPairs: 20 },
    });
  } catch {
    throw new InputError(NO_FILE);
  }
}
