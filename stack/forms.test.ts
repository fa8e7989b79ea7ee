import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { deadUrl } from '../test/vk.ts';
import { untilFormsKnown } from './forms.ts';

describe('Waiting for the forms', () => {
  let dir: string;
  let server: Server;
  let url: string;
  /** What each request in turn finds; null for an index that is not there yet. */
  let found: (string[] | null)[];
  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'otklik-test-forms-'));
    for (const name of ['triage.form', 'draft.form', 'note.txt'])
      await writeFile(join(dir, name), '{}');
    server = createServer((_request, response) => {
      const ids = found.length > 1 ? found.shift() : found[0];
      const hits = (ids ?? []).map((bpmnId) => ({ _source: { bpmnId } }));
      response.writeHead(ids ? 200 : 404).end(JSON.stringify({ hits: { hits } }));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
    await rm(dir, { recursive: true, force: true });
  });

  const thrown = (promise: Promise<void>) =>
    promise.then(
      () => expect.fail('nothing was thrown'),
      (error: unknown) => (error as Error).message,
    );

  it('ends when Tasklist knows them all', async () => {
    found = [null, ['triage'], ['draft', 'other', 'triage']];
    await untilFormsKnown(url, dir);
    expect(found).to.have.length(1);
  });

  it('names those that are missing when the time is up', async () => {
    found = [['triage']];
    expect(await thrown(untilFormsKnown(url, dir, 0))).to.match(/forms: draft$/);
    expect(await thrown(untilFormsKnown(await deadUrl(), dir, 0))).to.match(/draft, triage$/);
  });
});
