import { createServer, type Http2Server } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { expect } from 'chai';
import { connectEngine } from './client.ts';

describe('The connection to the engine', () => {
  let gateway: Http2Server;
  let logins: string[];
  let port: number;

  before(async () => {
    gateway = createServer((request, response) => {
      logins.push(request.headers.authorization ?? '');
      const unimplemented = { 'content-type': 'application/grpc', 'grpc-status': '12' };
      response.stream.respond(unimplemented, { endStream: true });
    }).listen(0, '127.0.0.1');
    await once(gateway, 'listening');
    port = (gateway.address() as AddressInfo).port;
  });
  after(() => gateway.close());
  beforeEach(() => (logins = []));

  async function call(address: string): Promise<void> {
    const engine = connectEngine(address);
    const error: unknown = await engine.topology().catch((it: unknown) => it);
    expect(error).to.have.property('code', 12);
    await engine.close();
  }

  it('logs in with what the address holds', async () => {
    await call(`otklik:p%40ss:w%2Ford@127.0.0.1:${port}`);
    const login = Buffer.from('otklik:p@ss:w/ord').toString('base64');
    expect(logins).to.deep.equal([`Basic ${login}`]);
  });

  it('does not log in without one', async () => {
    await call(`127.0.0.1:${port}`);
    expect(logins).to.deep.equal(['']);
  });
});
