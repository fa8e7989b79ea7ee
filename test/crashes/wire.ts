import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export type Direction = 'request' | 'answer';

/** What to wait for on a wire: the `nth` piece that carries `sign` in this direction. */
export interface Sign {
  direction: Direction;
  sign: RegExp;
  nth: number;
}

/** A line between the application and a part of its world, on which moments can be recognised. */
export interface Wire {
  port: number;
  /** Calls `hit` when the sign comes; that piece is not delivered, and its connection is cut. */
  watch(sign: Sign, hit: () => void): void;
  unwatch(): void;
  /** Cuts what is connected, and takes no connection until `join`. */
  part(): void;
  join(): void;
  close(): Promise<void>;
}

/** Lays a wire to a port of this machine. */
export async function layWire(to: number): Promise<Wire> {
  const sockets = new Set<Socket>();
  let watched: (Sign & { hit: () => void }) | null = null;

  const stops = (direction: Direction, piece: Buffer): boolean => {
    if (watched?.direction !== direction) return false;
    if (!watched.sign.test(piece.toString('latin1')) || --watched.nth > 0) return false;
    const { hit } = watched;
    watched = null;
    hit();
    return true;
  };

  let parted = false;

  const server = createServer((client) => {
    if (parted) {
      client.destroy();
      return;
    }
    const target = connect(to, '127.0.0.1');
    const pair = [client, target];
    const cut = () => pair.forEach((socket) => socket.destroy());
    const carry = (direction: Direction, from: Socket, into: Socket) =>
      from.on('data', (piece) => {
        if (stops(direction, piece)) return cut();
        if (into.write(piece)) return;
        from.pause();
        into.once('drain', () => from.resume());
      });
    carry('request', client, target);
    carry('answer', target, client);
    for (const socket of pair) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', cut);
      socket.on('close', () => {
        sockets.delete(socket);
        cut();
      });
    }
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    port: (server.address() as AddressInfo).port,
    watch(sign, hit) {
      watched = { ...sign, hit };
    },
    unwatch() {
      watched = null;
    },
    part() {
      parted = true;
      for (const socket of sockets) socket.destroy();
    },
    join() {
      parted = false;
    },
    async close() {
      const closed = new Promise((done) => server.close(done));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
