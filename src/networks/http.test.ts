import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { expect } from 'chai';
import { deadUrl } from '../../test/vk.ts';
import { CallFailed, postForJson, type CallOptions } from './http.ts';

describe('postForJson', () => {
  let server: Server;
  let answer: RequestListener;
  let url: string;

  before(async () => {
    server = createServer((req, res) => answer(req, res)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/method`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  const call = (to = url, options: Partial<CallOptions> = {}) =>
    postForJson(to, { body: { access_token: 'geheim' }, ...options });
  const failure = async (to?: string, options?: Partial<CallOptions>): Promise<CallFailed> => {
    const error = await call(to, options).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(CallFailed);
    expect(inspect(error, { depth: null, showHidden: true })).not.to.contain('geheim');
    return error as CallFailed;
  };

  it('returns the JSON of a 200 answer', async () => {
    answer = (_req, res) => res.end('{"response":1}');
    expect(await call()).to.deep.equal({ response: 1 });
  });

  it('knows that the request never left when nobody listens', async () => {
    expect((await failure(await deadUrl())).sent).to.equal(false);
    expect((await failure('http://no-such-host.invalid')).sent).to.equal(false);
  });

  it('knows that the request never left when it was stopped before', async () => {
    expect((await failure(url, { signal: AbortSignal.abort() })).sent).to.equal(false);
  });

  const uncertain: Record<string, RequestListener> = {
    'a cut connection': (req) => req.socket.destroy(),
    'half an answer': (_req, res) => {
      res.writeHead(200, { 'content-length': '100' });
      res.write('{"resp', () => res.socket?.destroy());
    },
    'an error of the server': (_req, res) => void res.writeHead(502).end('<h1>Bad Gateway</h1>'),
    'something that is no JSON': (_req, res) => void res.end('<html></html>'),
    'an answer without end': (_req, res) => void res.end('"'.padEnd(3_000, 'x')),
    'a redirect': (_req, res) => void res.writeHead(307, { location: '/elsewhere' }).end(),
    silence: () => undefined,
  };
  for (const [what, listener] of Object.entries(uncertain)) {
    it(`does not know after ${what}`, async () => {
      answer = listener;
      expect((await failure(url, { maxBytes: 2_000, timeoutMs: 500 })).sent).to.equal(true);
    });
  }

  it('does not know when stopped after the request left', async () => {
    const stop = new AbortController();
    answer = () => stop.abort();
    expect((await failure(url, { signal: stop.signal })).sent).to.equal(true);
  });

  it('waits as long as a limit asks', async () => {
    answer = (_req, res) => void res.writeHead(429, { 'retry-after': '7' }).end();
    expect(await failure()).to.deep.include({ sent: false, afterMs: 7_000 });
  });
});
