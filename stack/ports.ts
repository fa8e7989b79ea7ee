import { connect, createServer } from 'node:net';
import { InputError } from '../src/errors.ts';
import { highestOpensearchPort, portSettings, type Ports } from './settings.ts';

export const loopback = '127.0.0.1';

/** Whether something listens on the port, or the system refuses it to us. */
export async function isTaken(port: number): Promise<boolean> {
  return (await answers(port)) || !(await canListen(port));
}

/**
 * Throws InputError that names each port in use and the setting that moves it.
 * `names`: the ports about to be used.
 */
export async function assertFree(ports: Ports, names: (keyof Ports)[]): Promise<void> {
  const faults: string[] = [];
  for (const name of names) {
    const port = ports[name];
    if (await isTaken(port))
      faults.push(`Port ${port} is in use: free it, or set ${portSettings[name]} to another`);
  }
  if (faults.length > 0) throw new InputError(faults.join('\n'));
}

/** Free ports for a stack that must not disturb another (tests). */
export async function freePorts(): Promise<Ports> {
  const taken = new Set<number>();
  // Below the range from which systems take ports for outgoing connections.
  const any = () => freePort(20_000, 32_000, taken);
  return {
    tasklist: await any(),
    brokerRest: await any(),
    grpc: await any(),
    brokerCommand: await any(),
    brokerInternal: await any(),
    brokerManagement: await any(),
    webappsManagement: await any(),
    webappsInternal: await any(),
    opensearch: await freePort(9202, highestOpensearchPort, taken),
    postgres: await any(),
  };
}

async function freePort(lowest: number, highest: number, taken: Set<number>): Promise<number> {
  for (let tries = 0; tries < 1000; tries++) {
    const port = lowest + Math.floor(Math.random() * (highest - lowest + 1));
    if (taken.has(port) || (await isTaken(port))) continue;
    taken.add(port);
    return port;
  }
  throw new Error(`no free port from ${lowest} to ${highest}`);
}

function answers(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect({ port, host: loopback });
    const settle = (result: boolean) => {
      socket.destroy();
      done(result);
    };
    socket.on('connect', () => settle(true)).on('error', () => settle(false));
  });
}

function canListen(port: number): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer();
    server.on('error', () => done(false));
    server.listen({ port, host: loopback, exclusive: true }, () => server.close(() => done(true)));
  });
}
