import type { Request, Response } from 'express';

/** After this long a sender has read why it was refused; then the connection is cut. */
const LINGER_MS = 2_000;

/**
 * Reads the rest of a request and forgets it, for browsers look at an answer only after they have sent
 * everything. False: more than `bytes` came, and no more is read.
 */
export function drained(request: Request, bytes: number): Promise<boolean> {
  if (request.complete || request.destroyed) return Promise.resolve(true);
  if (Number(request.headers['content-length'] ?? 0) > bytes) return Promise.resolve(false);
  return new Promise((done) => {
    let read = 0;
    const count = (piece: Buffer) => {
      read += piece.length;
      if (read > bytes) end(false);
    };
    const end = (all: boolean) => {
      request.off('data', count);
      if (!all) request.pause();
      done(all);
    };
    request.on('data', count).resume();
    request.once('end', () => end(true)).once('close', () => end(true));
  });
}

/** Cuts the connection once the answer is out: what is still to come of the request is not read. */
export function cutOff(request: Request, response: Response): void {
  // Read from once, a request is not emptied by Node after its answer.
  request.pause().read(0);
  response.once('finish', () => setTimeout(() => request.destroy(), LINGER_MS).unref());
}
