import { once } from 'node:events';
import { request as rawRequest, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomBytes, randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { aMessage, anAssignment } from '../../test/builders.ts';
import { phonePhoto, phoneVideo, photo } from '../../test/photos.ts';
import { drafted, openStage, type Stage } from '../../test/stage.ts';
import { until } from '../../test/until.ts';
import { vkAt } from '../../test/vk.ts';
import { pixel } from '../../sandbox/testing.ts';
import { createAttachmentLinks, type Side } from '../attachments/links.ts';
import { createStorage } from '../attachments/create-storage.ts';
import { AssignmentEntity } from '../db/entities/assignment.ts';
import { AttachmentEntity } from '../db/entities/attachment.ts';
import { MessageEntity } from '../db/entities/message.ts';
import { transaction } from '../db/transaction.ts';
import type { Engine } from '../engine/client.ts';
import { networksOf } from '../networks/registry.ts';
import { addDraft } from '../prepare/add-draft.ts';
import { createApp } from './app.ts';
import { createPageLinks } from './page-link.ts';

const SECRET = 'a secret of sixteen';
const LIMITS = { bytes: 1024 * 1024, count: 4 };
const GIGABYTE = 1024 ** 3;
const XSS = '<img src=x onerror=alert(1)>.jpg';

describe('The page of photos and videos', () => {
  let stage: Stage;
  let server: Server;
  let url: string;
  const links = createAttachmentLinks('', SECRET);
  const pages = createPageLinks('', SECRET);
  before(async () => {
    stage = await openStage();
    const vk = vkAt('http://127.0.0.1:1', { user: null, group: null });
    const app = createApp({
      db: stage.db,
      engine: {} as Engine,
      links: pages,
      zone: () => Promise.resolve('Europe/Moscow'),
      tasklistUrl: '',
      networks: networksOf(vk),
      networkSetup: stage.networkSetup,
      calendars: stage.calendars,
      access: { secret: SECRET, publicUrl: 'http://localhost:3000', oidc: null },
      attachments: {
        storage: createStorage('postgres', stage.db),
        limits: LIMITS,
        links,
      },
    });
    server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
    await stage.close();
  });

  let messageId: string;
  let assignmentId: string;
  let link: string;
  beforeEach(async () => {
    messageId = await aMessage(stage, { text: `Яма. ${XSS}` });
    assignmentId = (await anAssignment(stage, messageId)).id;
    link = links.link('executor', assignmentId, new Date());
  });

  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(url + path, { headers });
  const filePath = (page: string, id: string, change = '') =>
    page.replace('?', `/files/${id}${change}?`);
  const post = (path: string, accept = 'application/json', body?: FormData) =>
    fetch(url + path, {
      method: 'POST',
      headers: { accept },
      redirect: 'manual',
      body: body ?? null,
    });
  const upload = (path: string, name: string, bytes: Buffer, accept?: string) => {
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(bytes)], { type: 'text/html' }), name);
    return post(path, accept, form);
  };
  const errorOf = async (response: Response): Promise<string> =>
    ((await response.json()) as { error: string }).error;
  const rows = () =>
    stage.db.getRepository(AttachmentEntity).find({
      where: { messageId },
      order: { uploadedAt: 'asc' },
    });
  const chunks = async (): Promise<number> => {
    const [row] = await stage.db.query<{ n: number }[]>(
      'select count(*)::int as n from attachment_chunk',
    );
    return row?.n ?? 0;
  };
  const only = async () => {
    const [row, ...more] = await rows();
    expect(more).to.be.empty;
    if (!row) throw new Error('no file');
    return row;
  };

  it('takes files in, shows them and lets them go (clause 7)', async () => {
    expect((await upload(link, 'до ремонта.jpg', phonePhoto('54N', 1))).status).to.equal(200);
    const file = await only();
    expect(file).to.include({ name: 'до ремонта.jpg', mediaType: 'image/jpeg', stored: true });
    const html = await (await get(link)).text();
    expect(html).to.contain('до ремонта.jpg').and.contain('Файлы: 1');
    expect(html).to.contain('ВКонтакте с одним ответом принимает файлов: до 10');
    expect(html).not.to.contain('<img src=x');

    const shown = await get(filePath(link, file.id));
    expect(Buffer.from(await shown.arrayBuffer())).to.deep.equal(photo);
    expect((await post(filePath(link, file.id, '/remove'))).status).to.equal(200);
    expect(await (await get(link)).text()).to.contain('Файлов пока нет');
    expect((await get(filePath(link, file.id))).status).to.equal(404);
    expect((await post(filePath(link, file.id, '/remove'))).status, 'again').to.equal(200);
  });

  it('works without a script: each form leads back to the page, or says what is wrong', async () => {
    const done = await upload(link, 'a.png', pixel, 'text/html');
    expect(done.status).to.equal(303);
    expect(done.headers.get('location')).to.equal(link);
    const refused = await upload(link, XSS, pixel, 'text/html');
    expect(refused.status).to.equal(400);
    const html = await refused.text();
    expect(html).to.contain('role="alert"').and.contain('по содержимому — PNG');
    expect(html).not.to.contain('<img src=x');
    const removed = await post(filePath(link, (await only()).id, '/remove'), 'text/html');
    expect(removed.headers.get('location')).to.equal(link);
    const empty = new FormData();
    empty.set('file', new Blob([]), '');
    expect(await errorOf(await post(link, 'application/json', empty))).to.contain('Выберите файл');
    expect(await errorOf(await post(link))).to.contain('Выберите файл');
  });

  it('runs nothing but its own script, and is kept by nobody', async () => {
    const page = await get(link);
    expect(page.headers.get('content-security-policy')).to.contain("script-src 'self'");
    expect(page.headers.get('cache-control')).to.equal('private, no-store');
    const script = await get('/assets/attachments.js');
    expect(script.headers.get('content-type')).to.contain('javascript');
    expect((await get('/assets/../app.ts')).status).to.equal(404);
    expect((await get('/assets/%2e%2e/app.ts')).status).to.be.oneOf([403, 404]);
  });

  describe('sends a file', () => {
    it('as what it is, sandboxed, its name never running into the headers', async () => {
      await upload(link, `фото (1)"\r\nx: y'.jpg`, photo);
      const file = await only();
      const response = await get(filePath(link, file.id));
      expect(response.headers.get('content-type')).to.equal('image/jpeg');
      expect(response.headers.get('x-content-type-options')).to.equal('nosniff');
      expect(response.headers.get('content-security-policy'))
        .to.contain("default-src 'none'")
        .and.contain('sandbox');
      expect(response.headers.get('content-disposition')).to.match(
        /^inline; filename\*=UTF-8''[\w%.-]+$/,
      );
      const saved = await get(`${filePath(link, file.id)}&download=1`);
      expect(saved.headers.get('content-disposition')).to.match(/^attachment;/);
      expect(saved.headers.get('content-type')).to.equal('application/octet-stream');
    });

    it('in parts, as players ask for them', async () => {
      const bytes = phoneVideo('x');
      await upload(link, 'a.mp4', bytes);
      const file = await only();
      const part = await get(filePath(link, file.id), { range: 'bytes=4-7' });
      expect(part.status).to.equal(206);
      expect(part.headers.get('content-range')).to.equal(`bytes 4-7/${bytes.length}`);
      expect(await part.text()).to.equal('ftyp');
      const end = await get(filePath(link, file.id), { range: 'bytes=-3' });
      expect((await end.arrayBuffer()).byteLength).to.equal(3);
      const beyond = await get(filePath(link, file.id), { range: 'bytes=999999-' });
      expect(beyond.status).to.equal(416);
      const odd = await get(filePath(link, file.id), { range: 'lines=1-2' });
      expect(odd.status).to.equal(200);
    });
  });

  describe('refuses', () => {
    afterEach('nothing is left behind', async () => {
      const stored = (await rows()).filter((row) => row.stored).map(({ id }) => id);
      expect(await stage.db.getRepository(AttachmentEntity).countBy({ messageId })).to.equal(
        stored.length,
      );
      const [left] = await stage.db.query<{ n: number }[]>(
        `select count(distinct attachment_id)::int as n from attachment_chunk c
         where not exists (select from attachment a where a.id = c.attachment_id)`,
      );
      expect(left?.n).to.equal(0);
    });

    it('a link that is foreign, changed, expired or of nothing', async () => {
      const id = assignmentId;
      const [, query] = link.split('?');
      const other = (await anAssignment(stage, await aMessage(stage))).id;
      const later = String(Math.floor(Date.now() / 1_000) + 999_999_999);
      for (const path of [
        `/attachments/executor/${id}`,
        `/attachments/executor/${other}?${query}`,
        `/attachments/curator/${id}?${query}`,
        `/attachments/curator/${messageId}?${query}`,
        link.replace(/until=\d+/, `until=${later}`),
        link.replace(/key=./, 'key=_'),
        `${link}&key=x`,
        createAttachmentLinks('', 'another secret ok').link('executor', id, new Date()),
        `/attachments/__proto__/${id}?${query}`,
        `/attachments/executor/..%2f${id}?${query}`,
      ]) {
        const page = await get(path);
        expect(page.status, path).to.equal(403);
        expect(await page.text()).to.contain('по ссылке из задачи');
        const refused = await upload(path, 'a.jpg', photo);
        expect(refused.status, path).to.equal(403);
        expect(await errorOf(refused)).to.contain('по ссылке из задачи');
      }
      const monthAgo = new Date(Date.now() - 31 * 24 * 3_600_000);
      const old = links.link('executor', id, monthAgo);
      expect((await get(old)).status).to.equal(410);
      const refused = await upload(old, 'a.jpg', photo);
      expect(refused.status).to.equal(410);
      expect(await errorOf(refused)).to.contain('истёк');
      const nothing = links.link('executor', randomUUID(), new Date());
      expect((await get(nothing)).status).to.equal(410);
      expect(await rows()).to.be.empty;
    });

    it('work that has ended', async () => {
      await upload(link, 'a.jpg', photo);
      const file = await only();
      const ends: [string, () => Promise<unknown>][] = [
        ['drafted', () => end({ status: 'drafted' })],
        ['returned', () => end({ status: 'returned' })],
        [
          'withdrawn',
          async () => {
            await end({ status: 'open' });
            await stage.db
              .getRepository(MessageEntity)
              .update(messageId, { finishedAt: new Date(), status: 'withdrawn' });
          },
        ],
      ];
      const end = (change: Partial<{ status: 'drafted' | 'returned' | 'open' }>) =>
        stage.db.getRepository(AssignmentEntity).update(assignmentId, change);
      for (const [what, act] of ends) {
        await act();
        const page = await get(link);
        expect(page.status, what).to.equal(410);
        expect(await page.text()).to.contain('уже закончена');
        expect(await errorOf(await upload(link, 'b.jpg', photo))).to.contain('уже закончена');
        expect((await post(filePath(link, file.id, '/remove'))).status).to.equal(410);
        expect((await get(filePath(link, file.id))).status).to.equal(410);
      }
      expect((await only()).removedAt).to.be.null;
    });

    it('a file of another assignment', async () => {
      await upload(link, 'a.jpg', photo);
      const file = await only();
      const other = (await anAssignment(stage, await aMessage(stage))).id;
      const foreign = links.link('executor', other, new Date());
      expect((await get(filePath(foreign, file.id))).status).to.equal(404);
      expect((await post(filePath(foreign, file.id, '/remove'))).status).to.equal(400);
      for (const odd of ['x', '%00', '..%2f..', randomUUID()]) {
        expect((await get(filePath(link, odd))).status, odd).to.be.oneOf([400, 404]);
      }
      expect((await post(filePath(link, file.id, '/leave-out'))).status).to.equal(400);
      expect((await post(filePath(link, file.id, '/toString'))).status).to.equal(404);
      expect((await only()).removedAt).to.be.null;
    });

    for (const [what, name, bytes, said] of [
      ['an empty file', 'a.jpg', Buffer.alloc(0), 'пуст'],
      ['a page', 'a.jpg', Buffer.from('<!doctype html><script>alert(1)</script>'), 'не фотография'],
      ['a program', 'a.mp4', Buffer.from(`MZ${'\0'.repeat(500)}`), 'EXE'],
      ['a PNG that calls itself JPEG', 'a.jpg', pixel, 'по содержимому — PNG'],
    ] as const) {
      it(what, async () => {
        const refused = await upload(link, name, bytes);
        expect(refused.status).to.equal(400);
        expect(await errorOf(refused)).to.contain(said);
        expect(await rows()).to.be.empty;
      });
    }

    it('one file too many', async () => {
      for (let n = 0; n < LIMITS.count; n += 1) await upload(link, `${n}.jpg`, photo);
      expect(await errorOf(await upload(link, '5.jpg', photo))).to.contain('Файлов уже 4');
      expect(await rows()).to.have.length(LIMITS.count);
    });

    it('a form of another kind', async () => {
      for (const [type, body] of [
        ['application/json', '{}'],
        ['multipart/form-data', 'x'],
        ['multipart/form-data; boundary=x', 'x'],
        ['multipart/form-data; boundary=x', '--x\r\n\r\n--x--'],
      ] as const) {
        const headers = { accept: 'application/json', 'content-type': type };
        const refused = await fetch(url + link, { method: 'POST', headers, body });
        expect(refused.status, body).to.equal(400);
      }
    });

    /** A multipart upload of `length` bytes of a JPEG, as fast as it is taken; it never comes to its end. */
    function pour(length: number, declared: boolean, piece = Buffer.alloc(64 * 1024, 1)) {
      const head = Buffer.from(
        '--b\r\ncontent-disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n',
      );
      const { hostname, port } = new URL(url);
      const request = rawRequest({
        hostname,
        port,
        path: link,
        method: 'POST',
        headers: {
          accept: 'application/json',
          'content-type': 'multipart/form-data; boundary=b',
          ...(declared && { 'content-length': length + 200_000 }),
        },
      });
      const state = { sent: 0 };
      request.on('error', () => undefined);
      request.write(Buffer.concat([head, photo.subarray(0, -2)]));
      const answered = once(request, 'response') as Promise<[IncomingMessage]>;
      const more = () => {
        while (state.sent < length && !request.destroyed) {
          state.sent += piece.length;
          if (!request.write(piece)) return void request.once('drain', more);
        }
      };
      more();
      return { request, state, answered };
    }

    for (const declared of [true, false]) {
      it(`a gigabyte ${declared ? 'that says so, unread' : 'at the limit, without reading on'}`, async () => {
        const { request, state, answered } = pour(GIGABYTE, declared);
        const [response] = await answered;
        expect(response.statusCode).to.equal(413);
        const said: string[] = [];
        for await (const piece of response.setEncoding('utf8')) said.push(String(piece));
        expect(said.join('')).to.contain('больше 1 МБ');
        await new Promise((closed) => request.once('close', closed));
        expect(state.sent).to.be.below(50 * 1024 * 1024);
        expect(await rows()).to.be.empty;
      });
    }

    it('a gigabyte that is damaged, or comes by a foreign link, without reading on', async () => {
      const damaged = pour(GIGABYTE, false, randomBytes(64 * 1024));
      const [response] = await damaged.answered;
      expect(response.statusCode).to.equal(400);
      await stage.db
        .getRepository(AssignmentEntity)
        .update({ id: assignmentId }, { status: 'returned' });
      const foreign = pour(GIGABYTE, false);
      expect((await foreign.answered)[0].statusCode).to.equal(410);
      for (const { request, state } of [damaged, foreign]) {
        await new Promise((closed) => request.once('close', closed));
        expect(state.sent).to.be.below(50 * 1024 * 1024);
      }
    });

    it('nothing of an upload that breaks off, and nothing of it stays', async () => {
      const before = await chunks();
      const { request } = pour(700 * 1024, true);
      await until(async () => (await chunks()) > before);
      expect((await only()).stored).to.be.false;
      expect(await (await get(link)).text()).to.contain('Файлов пока нет');
      request.destroy();
      await until(async () => (await rows()).length === 0 && (await chunks()) === before);
    });
  });

  describe('of the answer', () => {
    let curate: string;
    let file: string;
    beforeEach(async () => {
      const made = await drafted(stage.db, { mintrans: 'Дорога.' }, { status: 'review' });
      messageId = made.messageId;
      const [assignment] = made.assignments;
      const repository = stage.db.getRepository(AssignmentEntity);
      await repository.update({ id: assignment ?? '' }, { status: 'open' });
      const executor = links.link('executor', assignment ?? '', new Date());
      expect((await upload(executor, 'дорога.mp4', phoneVideo('x'))).status).to.equal(200);
      await transaction(stage.db, (tx, last) =>
        addDraft(tx, last, {
          sourceKey: randomUUID(),
          assignmentId: assignment ?? '',
          text: 'Дорога.',
          submittedAt: new Date(),
        }),
      );
      await repository.update({ id: assignment ?? '' }, { status: 'drafted' });
      file = (await only()).id;
      curate = links.link('curator' satisfies Side, messageId, new Date());
    });

    it('shows the files of the drafts, says what the network drops, and leaves them out (clauses 8, 11)', async () => {
      const html = await (await get(curate)).text();
      expect(html).to.contain('дорога.mp4').and.contain('Минтранс');
      expect(html).to.contain('сеть к ответу не прикрепит');
      expect((await get(filePath(curate, file))).status).to.equal(200);
      expect((await post(filePath(curate, file, '/leave-out'))).status).to.equal(200);
      expect(await (await get(curate)).text())
        .to.contain('Не войдёт в ответ')
        .and.not.contain('не прикрепит');
      expect((await post(filePath(curate, file, '/take-in'))).status).to.equal(200);
      expect(await (await get(curate)).text()).to.contain('сеть к ответу не прикрепит');
      expect((await post(filePath(curate, file, '/remove'))).status).to.equal(400);
      expect((await upload(curate, 'своё.png', pixel)).status).to.equal(200);
      expect(await (await get(curate)).text()).to.contain('Файлы: 2');
    });

    it('ends when the message is done with; its history still shows what the drafts carried', async () => {
      await stage.db
        .getRepository(MessageEntity)
        .update(messageId, { status: 'answered', finishedAt: new Date() });
      expect((await get(curate)).status).to.equal(410);
      const history = await (await get(pages.link(messageId))).text();
      expect(history).to.contain(`/messages/${messageId}/files/${file}?key=`);
      const kept = await get(pages.link(messageId).replace('?', `/files/${file}?`));
      expect(kept.status).to.equal(200);
      expect(kept.headers.get('content-security-policy')).to.contain('sandbox');
      const foreign = pages.link(await aMessage(stage)).replace('?', `/files/${file}?`);
      expect((await get(foreign)).status).to.equal(404);
    });
  });
});
