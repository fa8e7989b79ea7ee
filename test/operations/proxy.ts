import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A network between the application and something it needs. */
export interface Proxy {
  port: number;
  /** Everything goes through. */
  pass(): void;
  /** Connections break, new ones break at once. */
  cut(): void;
  /** Nothing arrives any more, in either direction, and nobody is told; what runs now stays so for ever. */
  swallow(): void;
  /** What is sent arrives `ms` later. */
  slow(ms: number): void;
  close(): Promise<void>;
}

/** Leads to `port` of this machine. */
export async function openProxy(port: number): Promise<Proxy> {
  let mode: 'pass' | 'cut' | 'swallow' = 'pass';
  let delayMs = 0;
  const pairs = new Set<{ ends: Socket[]; dead: boolean }>();
  const cutAll = () => {
    for (const { ends } of pairs) for (const end of ends) end.destroy();
  };
  const server = createServer((near) => {
    near.on('error', () => undefined);
    if (mode === 'cut') {
      near.destroy();
      return;
    }
    const dead = mode === 'swallow';
    const ends = dead ? [near] : [near, connect(port, '127.0.0.1')];
    const pair = { ends, dead };
    pairs.add(pair);
    ends.forEach((end, index) => {
      const other = ends[1 - index];
      end.setNoDelay();
      end.on('error', () => undefined);
      end.on('close', () => {
        pairs.delete(pair);
        other?.destroy();
      });
      end.on('data', (bytes) => {
        const send = () => {
          if (!pair.dead) other?.write(bytes);
        };
        if (delayMs === 0) send();
        else setTimeout(send, delayMs);
      });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    pass() {
      mode = 'pass';
      delayMs = 0;
    },
    cut() {
      mode = 'cut';
      cutAll();
    },
    swallow() {
      mode = 'swallow';
      for (const pair of pairs) pair.dead = true;
    },
    slow(ms) {
      delayMs = ms;
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      cutAll();
      await closed;
    },
  };
}
