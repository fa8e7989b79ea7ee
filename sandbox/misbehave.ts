import { setTimeout as sleep } from 'node:timers/promises';
import type { Request, Response } from 'express';
import type { Faults } from './faults.ts';

/** Faults below the API: waits, answers 5xx or drops the connection. True when it has answered. */
export async function misbehave(
  faults: Faults,
  method: string,
  req: Request,
  res: Response,
): Promise<boolean> {
  const slow = faults.take(['latency'], method);
  if (slow) await sleep(slow.ms ?? 1000, undefined, { ref: false });
  const down = faults.take(['down'], method);
  if (down) {
    res
      .status(down.code ?? 503)
      .type('html')
      .send('<h1>Service Unavailable</h1>');
    return true;
  }
  if (!faults.take(['cut-before'], method)) return false;
  req.socket.destroy();
  return true;
}
