import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import express from 'express';
import fc from 'fast-check';
import { metaAt, sandboxSecrets } from '../../test/meta.ts';
import { testDatabase, type TestDatabase } from '../../test/postgres.ts';
import { until } from '../../test/until.ts';
import { vkAt } from '../../test/vk.ts';
import { createSandbox, type Sandbox } from '../../sandbox/sandbox.ts';
import { log } from '../log.ts';
import { processMetrics, webhooks, webhookStored } from '../metrics/process.ts';
import { webhookRoutes } from './routes.ts';

const SECRET = sandboxSecrets.metaAppSecret ?? '';
const VK = { secret: 'a secret of vk', confirmation: 'a1b2c3' };

describe('webhooks of the networks (clause 2)', () => {
  let test: TestDatabase;
  let sandbox: Sandbox;
  let server: Server;
  let url: string;
  let changes: string[];

  before(async () => {
    test = await testDatabase();
    sandbox = await createSandbox({ port: 0, smtpPort: 0, vk: { rateLimit: false } });
  });
  after(async () => {
    await sandbox.close();
    await test.close();
  });

  beforeEach(async () => {
    await test.db.query('truncate message cascade');
    for (const network of ['vk', 'facebook', 'instagram'] as const) sandbox[network].reset();
    changes = [];
    webhooks.reset();
    webhookStored.reset();
    const { userToken: user, groupToken: group } = sandbox.vk.options;
    const keys = {
      vkCallbackSecret: VK.secret,
      vkCallbackConfirmation: VK.confirmation,
    };
    const app = express();
    app.use(
      '/webhooks',
      webhookRoutes({
        db: test.db,
        networks: [
          vkAt(sandbox.vk.url, { user, group }, {}, keys),
          metaAt('facebook', sandbox.facebook.url),
          metaAt('instagram', sandbox.instagram.url),
        ],
        onChange: (_id, change) => void changes.push(change),
      }),
    );
    server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  const sign = (body: string, secret = SECRET) =>
    `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
  const post = (network: string, body: string, headers: Record<string, string> = {}) =>
    fetch(`${url}/${network}`, { method: 'POST', body, headers });
  const signed = (network: string, body: unknown, secret?: string) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return post(network, text, { 'x-hub-signature-256': sign(text, secret) });
  };
  const feed = (value: object, id = '519003') => ({
    object: 'page',
    entry: [{ id, time: 1, changes: [{ field: 'feed', value }] }],
  });
  const event = (type: string, object: object, over: object = {}) =>
    JSON.stringify({ type, group_id: 519001, secret: VK.secret, event_id: 'e1', object, ...over });
  const stored = async (): Promise<string[]> =>
    (
      await test.db.query<{ text: string }[]>('select text from message order by detected_at, text')
    ).map(({ text }) => text);
  /** Counts above zero by their end, of all networks together. */
  const ends = async () => {
    const all: Record<string, number> = {};
    for (const { labels, value } of (await webhooks.get()).values) {
      if (value > 0) all[labels.end ?? ''] = (all[labels.end ?? ''] ?? 0) + value;
    }
    return all;
  };

  describe('VK', () => {
    it('is confirmed with our string for our community alone', async () => {
      const asked = JSON.stringify({ type: 'confirmation', group_id: 519001 });
      expect(await (await post('vk', asked)).text()).to.equal(VK.confirmation);
      const foreign = JSON.stringify({ type: 'confirmation', group_id: 7 });
      expect((await post('vk', foreign)).status).to.equal(403);
    });

    it('stores a post and a comment with their authors before it answers ok', async () => {
      const at = sandbox.vk.post({ author: 'Анна Петрова', wall: 'official', text: 'Нет света' });
      const comment = sandbox.vk.comment({ post: at, author: 'Ия', text: 'И у нас' });
      const first = await post('vk', event('wall_post_new', at));
      expect(await first.text()).to.equal('ok');
      expect(await stored()).to.deep.equal(['Нет света']);
      await post('vk', event('wall_reply_new', comment, { event_id: 'e2' }));
      const authors = await test.db.query<object[]>(
        'select author_name from message order by text',
      );
      expect(authors).to.deep.equal([{ author_name: 'Ия' }, { author_name: 'Анна Петрова' }]);
    });

    it('ignores an event that comes again, and a wrong secret', async () => {
      const at = sandbox.vk.post({ wall: 'official', text: 'Нет света' });
      await post('vk', event('wall_post_new', at));
      sandbox.vk.behaviour({ kind: 'down' });
      expect(await (await post('vk', event('wall_post_new', at))).text()).to.equal('ok');
      const forged = event('wall_post_new', at, { secret: 'guessed', event_id: 'e2' });
      expect((await post('vk', forged)).status).to.equal(403);
      expect(await ends()).to.deep.equal({ accepted: 1, repeated: 1, forbidden: 1 });
    });

    it('takes nothing in while the network is switched off', async () => {
      await test.db.query(`insert into network_switch values ('vk', false, true)`);
      const at = sandbox.vk.post({ wall: 'official', text: 'Нет света' });
      expect(await (await post('vk', event('wall_post_new', at))).text()).to.equal('ok');
      expect(await stored()).to.be.empty;
      await test.db.query('delete from network_switch');
      await post('vk', event('wall_post_new', at, { event_id: 'e2' }));
      expect(await stored()).to.deep.equal(['Нет света']);
    });

    it('tells the process of edits and deletions', async () => {
      const at = sandbox.vk.post({ wall: 'official', text: 'Нет света' });
      const comment = sandbox.vk.comment({ post: at, text: 'И у нас' });
      await post('vk', event('wall_reply_new', comment));
      sandbox.vk.edit(comment, 'И у нас тоже');
      await post('vk', event('wall_reply_edit', comment, { event_id: 'e2' }));
      sandbox.vk.delete(comment);
      await post('vk', event('wall_reply_delete', comment, { event_id: 'e3' }));
      expect(changes).to.deep.equal(['edited', 'deleted']);
    });

    it('asks to send again what could not be read, and takes it in then', async () => {
      const at = sandbox.vk.post({ wall: 'official', text: 'Нет света' });
      sandbox.vk.behaviour({ kind: 'down' });
      expect((await post('vk', event('wall_post_new', at))).status).to.equal(503);
      sandbox.vk.calm();
      expect((await post('vk', event('wall_post_new', at))).status).to.equal(200);
      expect(await stored()).to.deep.equal(['Нет света']);
    });
  });

  describe('Meta', () => {
    it('is confirmed by the verify token', async () => {
      const ask = (token: string) =>
        fetch(
          `${url}/facebook?hub.mode=subscribe&hub.challenge=42&hub.verify_token=${encodeURIComponent(token)}`,
        );
      expect(await (await ask('sandbox-verify-token')).text()).to.equal('42');
      expect((await ask('guessed')).status).to.equal(403);
      expect((await fetch(`${url}/instagram`)).status).to.equal(403);
    });

    it('takes in what the network shows, not what the notice says', async () => {
      const at = sandbox.facebook.post({ author: 'Ия', text: 'Яма' });
      const comment = sandbox.facebook.comment({ post: at.id, text: 'И у нас' });
      const value = { item: 'status', verb: 'add', post_id: at.id, message: 'подмена' };
      expect((await signed('facebook', feed(value))).status).to.equal(200);
      const more = { ...value, item: 'comment', comment_id: comment.id };
      await signed('facebook', feed(more));
      await signed('facebook', feed(more));
      expect(await stored()).to.deep.equal(['Яма', 'И у нас']);
    });

    it('takes in nothing of our own, of another page, or that is not there', async () => {
      const ours = sandbox.facebook.announce('Набережная');
      const theirs = sandbox.facebook.post({ text: 'Яма' });
      const item = 'status';
      await signed('facebook', feed({ item, post_id: ours.id }));
      await signed('facebook', feed({ item, post_id: '519003_1' }));
      await signed('facebook', feed({ item: 'like', post_id: theirs.id }));
      await signed('facebook', feed({ item, post_id: theirs.id }, '519999'));
      expect(await stored()).to.deep.equal([]);
      expect(await ends()).to.deep.equal({ accepted: 4 });
    });

    it('refuses what is not signed over the very bytes', async () => {
      const at = sandbox.facebook.post({ text: 'Яма' });
      const body = feed({ item: 'status', post_id: at.id });
      const text = JSON.stringify(body);
      const statuses = [
        await signed('facebook', body, 'guessed'),
        await post('facebook', text),
        await post('facebook', `${text} `, { 'x-hub-signature-256': sign(text) }),
        await post('facebook', text, { 'x-hub-signature-256': 'sha256=' }),
      ].map(({ status }) => status);
      expect(statuses).to.deep.equal([403, 403, 403, 403]);
      expect(await ends()).to.deep.equal({ forbidden: 4 });
      expect(await stored()).to.deep.equal([]);
    });

    it('refuses bodies that are no notice, or too long', async () => {
      expect((await signed('facebook', '{')).status).to.equal(400);
      expect((await signed('facebook', { object: 'page' })).status).to.equal(400);
      expect((await signed('facebook', 'x'.repeat(1_100_000))).status).to.equal(413);
    });

    it('tells the process of edits and deletions', async () => {
      const at = sandbox.facebook.post({ text: 'Яма' });
      const value = { item: 'status', verb: 'add', post_id: at.id };
      await signed('facebook', feed(value));
      sandbox.facebook.edit(at.id, 'Две ямы');
      await signed('facebook', feed({ ...value, verb: 'edited' }));
      sandbox.facebook.delete(at.id);
      await signed('facebook', feed({ ...value, verb: 'remove' }));
      expect(changes).to.deep.equal(['edited', 'deleted']);
    });

    it('brings Instagram’s comments and mentions', async () => {
      const media = sandbox.instagram.announce('Набережная');
      const comment = sandbox.instagram.comment({ post: media.id, text: 'Темно' });
      const mention = sandbox.instagram.post({ text: 'Ау @sandbox_smolgov' });
      const notice = (field: string, value: object) => ({
        object: 'instagram',
        entry: [{ id: '17840000000519004', time: 1, changes: [{ field, value }] }],
      });
      const commented = { id: comment.id, text: 'подмена', media: { id: media.id } };
      await signed('instagram', notice('comments', commented));
      await signed('instagram', notice('mentions', { media_id: mention.id }));
      expect(await stored()).to.deep.equal(['Темно', 'Ау @sandbox_smolgov']);
    });
  });

  it('are counted by network and end, what they stored as well', async () => {
    const at = sandbox.vk.post({ wall: 'official', text: 'Нет света' });
    await post('vk', event('wall_post_new', at));
    await post('vk', event('wall_post_new', at));
    await post('vk', event('wall_post_new', at, { secret: 'guessed', event_id: 'e2' }));
    await post('facebook', '{}');
    const text = await processMetrics.metrics();
    for (const line of [
      'otklik_webhooks_total{network="vk",end="accepted"} 1',
      'otklik_webhooks_total{network="vk",end="repeated"} 1',
      'otklik_webhooks_total{network="vk",end="forbidden"} 1',
      'otklik_webhooks_total{network="vk",end="put-off"} 0',
      'otklik_webhooks_total{network="facebook",end="forbidden"} 1',
      'otklik_webhook_messages_total{network="vk"} 1',
    ]) {
      expect(text).to.contain(line);
    }
  });

  it('are what the networks really send', async () => {
    const app = express();
    const receiver = app.listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    const at = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/webhooks`;
    const verifyToken = sandboxSecrets.metaVerifyToken ?? '';
    const world = await createSandbox({
      port: 0,
      smtpPort: 0,
      vk: { rateLimit: false, callback: { url: `${at}/vk`, ...VK, groups: [519001] } },
      facebook: { callback: { url: `${at}/facebook`, verifyToken } },
      instagram: { callback: { url: `${at}/instagram`, verifyToken } },
    });
    const { userToken: user, groupToken: group } = world.vk.options;
    const keys = { vkCallbackSecret: VK.secret, vkCallbackConfirmation: VK.confirmation };
    const networks = [
      vkAt(world.vk.url, { user, group }, {}, keys),
      metaAt('facebook', world.facebook.url),
      metaAt('instagram', world.instagram.url),
    ];
    const deps = { db: test.db, networks, onChange: () => undefined };
    app.use('/webhooks', webhookRoutes(deps));
    try {
      world.vk.post({ wall: 'official', text: 'ВК' });
      world.facebook.post({ text: 'ФБ' });
      world.facebook.post({ text: 'ФБ: отметка', place: 'elsewhere' });
      const [media] = world.instagram.posts('own');
      world.instagram.comment({ post: media?.id ?? '', text: 'ИГ' });
      world.instagram.post({ text: 'ИГ: @sandbox_smolgov' });
      await until(async () => (await stored()).length === 5);
      expect(await stored()).to.have.members([
        'ВК',
        'ФБ',
        'ФБ: отметка',
        'ИГ',
        'ИГ: @sandbox_smolgov',
      ]);
    } finally {
      await world.close();
      receiver.closeAllConnections();
      receiver.close();
    }
  });

  it('any body gets an answer below 500, and nothing but real posts is stored', async function () {
    this.timeout(120_000);
    const { warn } = log;
    const ids = fc.oneof(
      fc.constantFrom('519003_1', '1', '-1', '', '../x', '9'.repeat(40)),
      fc.string(),
    );
    const value = fc.record(
      {
        item: fc.constantFrom('comment', 'status', 'like', ''),
        post_id: ids,
        comment_id: fc.option(ids, { nil: undefined }),
        id: ids,
        media: fc.oneof(fc.record({ id: ids }), fc.jsonValue()),
        media_id: ids,
        from: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    const notice = fc.record({
      object: fc.constantFrom('page', 'instagram', 'user'),
      entry: fc.array(
        fc.record({
          id: fc.constantFrom('519003', '17840000000519004', 'x'),
          changes: fc.array(
            fc.record({ field: fc.constantFrom('feed', 'mention', 'comments', 'mentions'), value }),
            { maxLength: 3 },
          ),
        }),
        { maxLength: 2 },
      ),
    });
    const callback = fc.record(
      {
        type: fc.constantFrom(
          'wall_post_new',
          'wall_reply_new',
          'wall_reply_delete',
          'confirmation',
          '',
        ),
        group_id: fc.oneof(fc.constant(519001), fc.integer()),
        secret: fc.constantFrom(VK.secret, 'x'),
        event_id: fc.oneof(fc.string(), fc.constant(undefined)),
        object: fc.oneof(
          fc.record({
            owner_id: fc.maxSafeInteger(),
            id: fc.maxSafeInteger(),
            post_id: fc.maxSafeInteger(),
          }),
          fc.jsonValue(),
        ),
      },
      { requiredKeys: [] },
    );
    const body = fc.oneof(
      fc.tuple(
        fc.constantFrom('facebook', 'instagram'),
        fc.oneof(
          notice.map((n) => JSON.stringify(n)),
          fc.json(),
          fc.string(),
        ),
      ),
      fc.tuple(
        fc.constant('vk'),
        fc.oneof(
          callback.map((n) => JSON.stringify(n)),
          fc.json(),
          fc.string(),
        ),
      ),
    );
    log.warn = () => undefined;
    try {
      await fc.assert(
        fc.asyncProperty(fc.array(body, { minLength: 20, maxLength: 20 }), async (bodies) => {
          const answers = await Promise.all(bodies.map(([network, text]) => signed(network, text)));
          for (const answer of answers) {
            expect(answer.status).to.be.below(500);
            await answer.text();
          }
        }),
        { seed: 519, numRuns: 500, endOnFailure: true },
      );
    } finally {
      log.warn = warn;
    }
    expect(await stored()).to.deep.equal([]);
  });
});
