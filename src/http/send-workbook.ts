import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import { log } from '../log.ts';

/** Sends a workbook as it is made; whoever asked may go away in the midst of it. */
export async function sendWorkbook(
  response: Response,
  name: string,
  workbook: Readable,
): Promise<void> {
  response.attachment(name);
  await pipeline(workbook, response).catch((error: NodeJS.ErrnoException) => {
    // A half of a workbook is no workbook.
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') {
      log.error({ err: error }, 'the export broke off');
    }
    response.destroy();
  });
}
