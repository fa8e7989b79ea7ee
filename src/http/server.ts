import type { Express } from 'express';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { InputError } from '../errors.ts';

const LOOK_EVERY_MS = 50;
/** A photo or video may come over a slow line. */
const LONGEST_REQUEST_MS = 30 * 60_000;

/** Listens on `port` of `host`, null for all addresses; `close` lets running requests finish. */
export async function listen(
  app: Express,
  port: number,
  host: string | null = null,
): Promise<{ close: () => Promise<void> }> {
  const server = createServer({ requestTimeout: LONGEST_REQUEST_MS }, app);
  server.listen(port, host ?? undefined);
  await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE') {
      throw new InputError(`Port ${port} is in use: set OTKLIK_PORT to a free one`);
    }
    if (['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN'].includes(error.code ?? '')) {
      throw new InputError(`OTKLIK_HOST=${host}: needs an address or name of this machine`);
    }
    throw error;
  });
  return {
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      // A connection that was kept alive is idle only once its request is finished.
      const idle = setInterval(() => server.closeIdleConnections(), LOOK_EVERY_MS);
      await closed.finally(() => clearInterval(idle));
    },
  };
}
