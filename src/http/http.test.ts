import { request as rawRequest, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import express from 'express';
import { attachmentPages } from '../../test/attachments.ts';
import { aMessage, anAssignment } from '../../test/builders.ts';
import { answer, draft, msk, openStage, type Stage } from '../../test/stage.ts';
import { testDatabase } from '../../test/postgres.ts';
import { recordAudit } from '../db/audit.ts';
import { DeadlineEntity } from '../db/entities/deadline.ts';
import { PublicationEntity } from '../db/entities/publication.ts';
import type { Engine } from '../engine/client.ts';
import { log } from '../log.ts';
import { createApp } from './app.ts';
import { createPageLinks } from './page-link.ts';
import { listen } from './server.ts';

const XSS = '<script>alert("x")</script>';

const ACCESS = {
  secret: 'a secret of sixteen',
  publicUrl: 'http://localhost:3000',
  oidc: null,
};

/** The pages on a database and an engine that may be away. */
async function openPages({
  db,
  networks,
  networkSetup,
  calendars,
}: Pick<Stage, 'db' | 'networks' | 'networkSetup' | 'calendars'>) {
  const published: unknown[] = [];
  const state = { engineAway: false };
  const answerOf = <T>(given: T) =>
    state.engineAway
      ? Promise.reject(new Error('14 UNAVAILABLE: secret-host'))
      : Promise.resolve(given);
  const engine = {
    topology: () => answerOf({}),
    publishMessage: (message: unknown) => answerOf({}).then(() => published.push(message)),
  } as unknown as Engine;
  const links = createPageLinks('', 'a secret of sixteen');
  const app = createApp({
    db,
    engine,
    links,
    zone: () => Promise.resolve('Europe/Moscow'),
    tasklistUrl: 'http://tasklist.example',
    access: ACCESS,
    networks,
    networkSetup,
    calendars,
    attachments: attachmentPages(db),
  });
  const server: Server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    published,
    state,
    links,
    url,
    get: (path: string) => fetch(url + path),
    post: (path: string, body: string, type = 'application/x-www-form-urlencoded') =>
      fetch(url + path, { method: 'POST', headers: { 'content-type': type }, body }),
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

type Pages = Awaited<ReturnType<typeof openPages>>;

describe('The pages', () => {
  let stage: Stage;
  let pages: Pages;
  const { error, warn, info } = log;
  before(async () => {
    stage = await openStage();
    pages = await openPages(stage);
  });
  after(async () => {
    await pages.close();
    await stage.close();
  });
  beforeEach(() => {
    pages.published.length = 0;
    pages.state.engineAway = false;
    log.error = log.warn = log.info = () => undefined;
  });
  afterEach(() => {
    Object.assign(log, { error, warn, info });
  });

  describe('of health', () => {
    it('say what answers', async () => {
      expect((await pages.get('/health/live')).status).to.equal(200);
      const ready = await pages.get('/health/ready');
      expect(ready.status).to.equal(200);
      expect(await ready.json()).to.deep.equal({
        status: 'ok',
        database: 'ok',
        engine: 'ok',
        mail: 'ok',
      });
    });

    it('say that the engine is away', async () => {
      pages.state.engineAway = true;
      const ready = await pages.get('/health/ready');
      expect(ready.status).to.equal(503);
      const said = (await ready.json()) as { missing: { part: string; since: string }[] };
      expect(said).to.include({ status: 'unavailable', database: 'ok', engine: 'unavailable' });
      expect(said.missing).to.have.length(1);
      expect(said.missing[0]?.part).to.equal('engine');
      const again = await (await pages.get('/health/ready')).json();
      expect(again, 'since when').to.deep.equal(said);
      pages.state.engineAway = false;
      expect((await pages.get('/health/ready')).status).to.equal(200);
    });

    it('say that the database is away, and nothing of it leaks', async () => {
      const database = await testDatabase();
      const alone = await openPages({ ...stage, db: database.db });
      try {
        await database.db.destroy();
        expect((await alone.get('/health/live')).status).to.equal(200);
        const ready = await alone.get('/health/ready');
        expect(ready.status).to.equal(503);
        expect(await ready.json()).to.include({ database: 'unavailable', engine: 'ok' });
        const page = await alone.get(alone.links.link(randomUUID()));
        expect(page.status).to.equal(503);
        const text = await page.text();
        expect(text)
          .to.contain('Попробуйте ещё раз')
          .and.not.to.match(/pool|postgres|at /i);
      } finally {
        await alone.close();
        await database.close();
      }
    });
  });

  describe('of a message', () => {
    let messageId: string;
    let assignmentId: string;
    before(async () => {
      const over = { text: XSS, authorName: XSS, photos: [`https://a.example/1.jpg?"${XSS}`] };
      messageId = await aMessage(stage, over);
      const assignment = await anAssignment(stage, messageId);
      assignmentId = assignment.id;
      await draft(stage.db, assignmentId, 1, `Проект ${XSS}`);
      await stage.db.getRepository(DeadlineEntity).update(assignment.draftDeadlineId, {
        stoppedAt: msk('2026-11-25T11:25'),
        missedAt: msk('2026-11-25T10:00'),
      });
      const at = msk('2026-11-24T12:00');
      const line = { at, messageId, subject: XSS, action: `сделано ${XSS}` };
      await recordAudit(stage.db.manager, { key: 'test', ...line });
      const decision = { ...line, subject: 'vice-social', action: 'недостаток не подтвердился' };
      await recordAudit(stage.db.manager, { key: 'decision', ...decision });
    });

    it('show the post, the history, each clock and why it is due when it is (clauses 12, 13)', async () => {
      const page = await pages.get(pages.links.link(messageId));
      expect(page.status).to.equal(200);
      expect(page.headers.get('cache-control')).to.equal('private, no-store');
      const html = await page.text();
      expect(html)
        .not.to.contain('<script>')
        .and.not.to.match(/"<(?!\/)/);
      expect(html).to.contain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;');
      expect(html).to.contain('Подготовка ответа (п. 6)');
      expect(html).to.contain('25.11.2026 10:00').and.to.contain('позже на 1 ч 25 мин');
      expect(html).to.contain('24.11.2026 14:00–18:00');
      expect(html).to.contain('Версия 1').and.to.contain('календарное время');
      expect(html).to.contain(
        '>Заместитель Губернатора Смоленской области по социальным вопросам<',
      );
    });

    it('show the answer once it is published', async () => {
      const answerId = await answer(stage.db, messageId, `Ответ ${XSS}`);
      expect(await (await pages.get(pages.links.link(messageId))).text()).not.to.contain('>Ответ<');
      await stage.db.getRepository(PublicationEntity).insert({
        id: randomUUID(),
        messageId,
        answerId,
        guid: answerId,
        status: 'published',
        permalink: 'https://vk.com/wall-1_20?reply=7',
        reservedAt: msk('2026-11-25T12:00'),
        publishedAt: msk('2026-11-25T12:01'),
      });
      const html = await (await pages.get(pages.links.link(messageId))).text();
      expect(html).to.contain('href="https://vk.com/wall-1_20?reply=7"');
      expect(html).to.contain('25.11.2026 12:01').and.not.to.contain('<script>');
    });

    it('open only by the key of that message', async () => {
      const key = (id: string, scope?: 'curate') => pages.links.link(id, scope).split('key=')[1];
      const other = randomUUID();
      for (const query of ['?key=', '?key=x', `?key=${key(other)}`]) {
        const page = await pages.get(`/messages/${messageId}${query}`);
        expect(page.status, query).to.equal(403);
        expect(await page.text()).not.to.contain('script');
      }
      for (const query of ['', `?key[]=${key(messageId)}`]) {
        const page = await fetch(`${pages.url}/messages/${messageId}${query}`, {
          redirect: 'manual',
        });
        expect(page.status, query).to.equal(303);
        expect(page.headers.get('location')).to.match(/^\/sign-in\?to=%2Fmessages%2F/);
      }
      const another = createPageLinks('', 'another secret ok').link(messageId);
      expect((await pages.get(another)).status).to.equal(403);
      expect((await pages.get(`/messages/${other}?key=${key(other)}`)).status).to.equal(404);
      expect((await pages.get(`/messages/%00?key=${key(messageId)}`)).status).to.equal(403);
    });

    it('offer the withdrawal to the curator alone', async () => {
      expect(await (await pages.get(pages.links.link(messageId))).text()).not.to.contain('<form');
      const curate = await pages.get(pages.links.link(messageId, 'curate'));
      expect(await curate.text()).to.contain('<form');
      const refused = await pages.post(pages.links.link(messageId), 'reason=Снимаю+это');
      expect(refused.status).to.equal(403);
      expect(pages.published).to.be.empty;
    });
  });

  describe('of a withdrawal', () => {
    let messageId: string;
    let link: string;
    beforeEach(async () => {
      messageId = await aMessage(stage);
      link = pages.links.link(messageId, 'curate');
    });

    it('tells the process why', async () => {
      const body = new URLSearchParams({ reason: ' Автор попросил\0 снять ' }).toString();
      const page = await pages.post(link, body);
      expect(page.status).to.equal(200);
      expect(pages.published).to.deep.equal([
        {
          name: 'message-withdrawn',
          correlationKey: messageId,
          timeToLive: 60_000,
          variables: { reason: 'Автор попросил снять' },
        },
      ]);
    });

    for (const [what, body, type] of [
      ['no reason', ''],
      ['a short one', 'reason=1234'],
      ['a long one', `reason=${'a'.repeat(1_001)}`],
      ['a list', 'reason=abcde&reason=fghij'],
      ['JSON', '{"reason":"abcdefg"}', 'application/json'],
    ] as const) {
      it(`refuses ${what} in Russian`, async () => {
        const page = await pages.post(link, body, type);
        expect(page.status).to.equal(400);
        expect(await page.text()).to.match(/<p>(Укажите причину|Слишком длинный текст)/);
        expect(pages.published).to.be.empty;
      });
    }

    it('refuses a message that is done with, and one that is not there', async () => {
      const done = await aMessage(stage, {
        status: 'answered',
        finishedAt: msk('2026-11-24T12:00'),
      });
      const late = await pages.post(pages.links.link(done, 'curate'), 'reason=abcdefg');
      expect(late.status).to.equal(400);
      expect(await late.text()).to.contain('уже закончена');
      const nowhere = pages.links.link(randomUUID(), 'curate');
      expect((await pages.post(nowhere, 'reason=abcdefg')).status).to.equal(404);
      expect(pages.published).to.be.empty;
    });

    it('says so when the engine does not take it', async () => {
      pages.state.engineAway = true;
      const page = await pages.post(link, 'reason=abcdefg');
      expect(page.status).to.equal(500);
      expect(await page.text())
        .to.contain('Попробуйте ещё раз')
        .and.not.to.contain('secret-host');
    });
  });

  describe('refuse', () => {
    it('what is not there', async () => {
      const page = await pages.get(`/nowhere/${encodeURIComponent(XSS)}`);
      expect(page.status).to.equal(404);
      expect(await page.text())
        .to.contain('Страница не найдена')
        .and.not.to.contain('<script');
      expect(page.headers.get('x-powered-by')).to.be.null;
      expect(page.headers.get('content-security-policy')).to.contain("default-src 'self'");
    });

    it('what is too long', async () => {
      const link = pages.links.link(randomUUID(), 'curate');
      const page = await pages.post(link, `reason=${'a'.repeat(100_000)}`);
      expect(page.status).to.equal(413);
      expect(await page.text())
        .to.contain('Запрос не принят')
        .and.not.to.match(/entity|at /);
    });

    it('what is no address', async () => {
      const { hostname, port } = new URL(pages.url);
      const request = rawRequest({ hostname, port, path: '/messages/%E0%A4%A?key=x' }).end();
      const [response] = (await once(request, 'response')) as [{ statusCode: number }];
      expect(response.statusCode).to.equal(400);
      request.destroy();
    });
  });

  it('name the setting of an address that is not this machine’s', async () => {
    const error: unknown = await listen(express(), 0, '192.0.2.1').then(
      (server) => server.close(),
      (it: unknown) => it,
    );
    expect((error as Error).message).to.contain('OTKLIK_HOST=192.0.2.1: needs an address');
  });

  it('name the setting that moves a port in use', async () => {
    const port = Number(new URL(pages.url).port);
    const app = createApp({
      db: stage.db,
      engine: {} as Engine,
      links: pages.links,
      zone: () => Promise.resolve('UTC'),
      tasklistUrl: '',
      access: ACCESS,
      networks: stage.networks,
      networkSetup: stage.networkSetup,
      calendars: stage.calendars,
      attachments: attachmentPages(stage.db),
    });
    const error: unknown = await listen(app, port).then(
      (server) => server.close(),
      (it: unknown) => it,
    );
    expect((error as Error).message).to.equal(
      `Port ${port} is in use: set OTKLIK_PORT to a free one`,
    );
  });
});
