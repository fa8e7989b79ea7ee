import { expect } from 'chai';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { InputError } from '../src/errors.ts';
import { assertFree, freePorts, loopback } from './ports.ts';

describe('assertFree', () => {
  it('names the port in use and the setting that moves it', async () => {
    const ports = await freePorts();
    const server = createServer().listen(ports.postgres, loopback);
    await once(server, 'listening');
    try {
      await assertFree(ports, ['grpc', 'tasklist']);
      const error = await assertFree(ports, ['grpc', 'postgres']).catch((e: unknown) => e);
      expect(error).to.be.instanceOf(InputError);
      expect((error as Error).message).to.equal(
        `Port ${ports.postgres} is in use: free it, or set OTKLIK_POSTGRES_PORT to another`,
      );
    } finally {
      server.close();
    }
  });
});

describe('freePorts', () => {
  it('gives a different free port for each purpose', async () => {
    const ports = Object.values(await freePorts());
    expect(new Set(ports).size).to.equal(ports.length);
  });
});
