import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { expect } from 'chai';
import { startSandbox, stopSandboxes, until } from '../testing.ts';

interface Event {
  type: string;
  group_id: number;
  event_id: string;
  v: string;
  secret: string;
  object: Record<string, unknown>;
}

describe('VK stand-in: Callback API', () => {
  let server: Server;
  let events: Event[];
  let answers: string[];

  beforeEach(async () => {
    events = [];
    answers = [];
    server = createServer((req, res) => {
      void json(req).then((body) => {
        events.push(body as Event);
        res.end((body as Event).type === 'confirmation' ? 'abc123' : (answers.shift() ?? 'ok'));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    await stopSandboxes();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  function start() {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const retryMs = Array<number>(20).fill(5);
    const callback = { url, secret: 's3', confirmation: 'abc123', retryMs };
    return startSandbox({ vk: { callback } });
  }

  it('asks for confirmation, then sends posts and comments in order', async () => {
    const sandbox = await start();
    const post = sandbox.vk.post({ wall: 'official', text: 'Нет света' });
    const comment = sandbox.vk.comment({ post, text: 'И у нас' });
    sandbox.vk.edit(comment, 'И у нас тоже');
    sandbox.vk.delete(comment);
    await until('five events', () => events.length === 5);
    expect(events.map((event) => event.type)).to.deep.equal([
      'confirmation',
      'wall_post_new',
      'wall_reply_new',
      'wall_reply_edit',
      'wall_reply_delete',
    ]);
    expect(events[1]).to.include({ group_id: 519001, secret: 's3', v: '5.199' });
    expect(events[1]?.object).to.include({ id: post.id, text: 'Нет света', owner_id: -519001 });
    expect(events[2]?.object).to.include({ id: comment.id, text: 'И у нас', post_id: post.id });
    expect(events[4]?.object).to.include({ id: comment.id, post_id: post.id });
  });

  it('sends again, with the same event_id, until it is answered ok', async () => {
    answers = ['busy', 'busy'];
    const sandbox = await start();
    sandbox.vk.post({ wall: 'official', text: 'Нет света' });
    const sent = await until('three tries', () => {
      const tries = events.filter((event) => event.type === 'wall_post_new');
      return tries.length === 3 && tries;
    });
    expect(new Set(sent.map((event) => event.event_id)).size).to.equal(1);
  });

  it('sends nothing about personal pages', async () => {
    const sandbox = await start();
    sandbox.vk.post({ wall: 'personal', text: 'личное' });
    sandbox.vk.post({ text: 'в городском сообществе' });
    await until('the event', () => events.length === 2);
    expect(events.map((event) => event.group_id)).to.deep.equal([519002, 519002]);
  });
});
