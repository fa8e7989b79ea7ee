import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { metaAt } from '../../../test/meta.ts';
import { anAnswer } from '../../../test/vk.ts';
import { pixel } from '../../../sandbox/testing.ts';
import { TryLater } from '../../errors.ts';
import type { Source } from '../port.ts';
import { readUsage } from './usage.ts';

const SECRETS = {
  facebookToken: 'geheim-token',
  instagramToken: 'geheim-token',
  metaAppSecret: 'geheim-secret',
};

describe('Graph API client', () => {
  let server: Server;
  let url: string;
  let answer: RequestListener;
  const seen: { url: string; authorization: string | undefined; body: string }[] = [];

  before(async () => {
    server = createServer((req, res) => {
      void text(req).then((body) => {
        const { authorization } = req.headers;
        seen.push({ url: req.url ?? '', authorization, body });
        answer(req, res);
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  it('never puts a token or a secret into an address, and proves every call', async () => {
    answer = (_req, res) => res.end('{"id":"1","data":[]}');
    for (const code of ['facebook', 'instagram'] as const) {
      const network = metaAt(code, url, SECRETS);
      const file = { name: 'a.png', mediaType: 'image/png', size: pixel.length };
      await network.reply('1/2', anAnswer({ attachments: [{ ...file, open: () => pixel }] }));
      await network.findReply('1/2', { text: 'x' });
      await network.lookUp(['1/2']).catch(() => undefined);
      await network.tokenExpiresAt?.().catch(() => undefined);
      for (const source of network.sources([])) {
        await readAll(source);
      }
    }
    expect(seen).to.have.length.above(10);
    for (const call of seen) {
      expect(call.url).not.to.contain('geheim');
      expect(call.authorization).to.match(/^Bearer (geheim-token|519000\|geheim-secret)$/);
      expect(call.url + call.body).to.contain('appsecret_proof');
    }
  });

  const bad: Record<string, RequestListener> = {
    'HTML with 200': (_req, res) => void res.end('<html></html>'),
    'an error without an envelope': (_req, res) => void res.writeHead(502).end('Bad Gateway'),
    'a list that is none': (_req, res) => void res.end('{"data":5}'),
    'half an answer': (_req, res) => void res.end('{"data":['),
  };
  for (const [what, listener] of Object.entries(bad)) {
    it(`reads nothing from ${what}, and never takes it for a published answer`, async () => {
      answer = listener;
      const network = metaAt('facebook', url, SECRETS);
      const error = await readAll(network.sources([])[0]).catch((thrown: unknown) => thrown);
      expect(error).to.be.instanceOf(Error);
      expect((await network.reply('1_2', anAnswer())).state).to.equal('unknown');
    });
  }

  it('takes a limit of the server in between for a limit', async () => {
    answer = (_req, res) => void res.writeHead(429).end('slow down');
    const network = metaAt('facebook', url, SECRETS);
    expect((await network.reply('1_2', anAnswer())).state).to.equal('try-later');
    const error = await network.lookUp(['1_2']).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(TryLater);
  });

  it('reads the usage headers, and nothing from odd ones', () => {
    const of = (app: string, business: string) =>
      readUsage(new Headers({ 'x-app-usage': app, 'x-business-use-case-usage': business }));
    expect(
      of(
        '{"call_count":28,"total_time":25,"total_cputime":25}',
        '{"66782684":[{"type":"pages","call_count":95,"total_cputime":20,"total_time":20,"estimated_time_to_regain_access":19}]}',
      ),
    ).to.deep.equal({ percent: 95, regainMs: 19 * 60_000 });
    for (const odd of ['', '[]', '{', '"x"', 'null', '{"a":5}']) {
      expect(of(odd, odd)).to.deep.equal({ percent: 0, regainMs: null });
    }
  });
});

/** How many pages there were. */
async function readAll(source: Source | undefined): Promise<number> {
  let pages = 0;
  const read = source?.read(null, new AbortController().signal) ?? [];
  for await (const { found } of read) pages += found.length >= 0 ? 1 : 0;
  return pages;
}
