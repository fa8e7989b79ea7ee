import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import type { z } from 'zod';
import { openApi, type Api } from '../../test/api.ts';
import { anAttachment } from '../../test/attachments.ts';
import { aMessage, anAssignment, sentBack } from '../../test/builders.ts';
import { answer, draft, msk } from '../../test/stage.ts';
import { AuditEntryEntity } from '../db/entities/audit.ts';
import { DeadlineEntity } from '../db/entities/deadline.ts';
import { DraftEntity } from '../db/entities/draft.ts';
import { MessageEntity, type Message } from '../db/entities/message.ts';
import { ProcessStartEntity } from '../db/entities/process-start.ts';
import { PublicationEntity } from '../db/entities/publication.ts';
import { openShortcoming } from '../db/shortcomings.ts';
import { TryLater } from '../errors.ts';
import { log } from '../log.ts';
import { messageId } from '../monitor/message-id.ts';
import type { historyView } from './history-view.ts';
import type { messagePage } from './list-messages.ts';
import type { messageView } from './message-view.ts';

type Page = z.infer<typeof messagePage>;
type View = z.infer<typeof messageView>;
type Told = z.infer<typeof historyView>;

describe('Messages through the interface', () => {
  let api: Api;
  let secret: string;
  before(async () => {
    api = await openApi();
    secret = await api.token();
  });
  after(() => api.close());

  const message = (over: Partial<Message> = {}) => aMessage(api.stage, over);
  const page = async (query: string, by = secret) => {
    const told = await api.call('GET', `/api/v1/messages?${query}`, by);
    expect(told.status, query).to.equal(200);
    return told.body as Page;
  };
  const ids = async (query: string) => (await page(query)).items.map(({ id }) => id);
  const lines = (id: string) =>
    api.stage.db.getRepository(AuditEntryEntity).findBy({ messageId: id });

  describe('in a list', () => {
    let roads: string;
    let health: string;
    let done: string;
    before(async () => {
      await api.stage.db.query('truncate message cascade');
      roads = await message({
        text: 'Когда заделают яму на улице Ленина?',
        detectedAt: msk('2026-11-24T09:00'),
        status: 'assigned',
        topic: 'roads',
        municipality: 'smolensk',
      });
      health = await message({
        text: 'В поликлинике не работает запись',
        detectedAt: msk('2026-11-24T10:00'),
        status: 'review',
        topic: 'health',
        urgent: true,
        network: 'ok',
      });
      done = await message({
        text: 'Спасибо, ямы заделали',
        detectedAt: msk('2026-11-24T11:00'),
        status: 'answered',
        topic: 'roads',
        finishedAt: msk('2026-11-24T15:00'),
      });
      await anAssignment(api.stage, roads, 'mintrans', '2026-11-24T10:00');
      await anAssignment(api.stage, health, 'minzdrav', '2026-11-23T10:00');
      await api.stage.db.query(
        `update deadline set missed_at = due_at where message_id = $1 and kind = 'draft'`,
        [health],
      );
      await api.stage.db.getRepository(MessageEntity).update(health, { status: 'review' });
      await api.stage.db.query(
        `update deadline set due_at = now() + interval '1 day', missed_at = null
         where message_id = $1 and kind = 'draft'`,
        [roads],
      );
    });

    it('come the newest first, with agencies and the nearest deadline', async () => {
      const { items, next, total } = await page('total=true');
      expect(items.map(({ id }) => id)).to.deep.equal([done, health, roads]);
      expect([next, total]).to.deep.equal([null, 3]);
      const [finished, late, open] = items;
      expect(finished).to.include({ nextDue: null, overdue: false, status: 'answered' });
      expect(late).to.deep.include({ agencies: ['minzdrav'], overdue: true, urgent: true });
      expect(late?.nextDue).to.deep.include({ clause: 6, agency: 'minzdrav', provisional: false });
      expect(open).to.deep.include({
        overdue: false,
        author: { name: 'Иван Петров', url: 'https://vk.com/id7' },
        detectedAt: '2026-11-24T06:00:00.000Z',
      });
      expect(await page('')).not.to.have.property('total');
    });

    it('come by the nearest deadline, those that have one', async () => {
      expect(await ids('sort=due')).to.deep.equal([health, roads]);
      const first = await page('sort=due&limit=1&total=true');
      expect(first).to.include({ total: 2 });
      expect(await ids(`sort=due&limit=1&cursor=${first.next}`)).to.deep.equal([roads]);
      const told = await api.call('GET', `/api/v1/messages?cursor=${first.next}`, secret);
      expect(told.status).to.equal(400);
    });

    it('are chosen by what is asked for', async () => {
      const soon = new Date(Date.now() + 3_600_000).toISOString();
      for (const [query, wanted] of [
        ['status=assigned', [roads]],
        ['status=assigned&status=review', [health, roads]],
        ['network=ok', [health]],
        ['network=x', []],
        ['agency=mintrans', [roads]],
        ['agency=mintrans&agency=minzdrav', [health, roads]],
        ['agency=nowhere', []],
        ['topic=roads', [done, roads]],
        ['topic=roads&status=answered', [done]],
        ['municipality=smolensk', [roads]],
        ['urgent=true', [health]],
        ['urgent=false', [done, roads]],
        ['overdue=true', [health]],
        ['overdue=false', [done, roads]],
        ['q=яма', [done, roads]],
        ['q=яма+Ленина', [roads]],
        ['q=ЯМЫ+-спасибо', [roads]],
        ['q=%22запись+яма%22', []],
        ['q=%00', []],
        ['q=(((+%26|!', []],
        ['detectedFrom=2026-11-24T10:00:00%2B03:00', [done, health]],
        ['detectedTo=2026-11-24T07:00:00Z', [roads]],
        ['detectedFrom=2026-11-24T07:00:00Z&detectedTo=2026-11-24T08:00:00Z', [health]],
        [`dueBefore=${soon}`, [health]],
        [`dueBefore=0001-01-01T00:00:00Z`, []],
      ] as const) {
        expect(await ids(query), query).to.deep.equal(wanted);
        expect((await page(`${query}&total=true`)).total, query).to.equal(wanted.length);
      }
    });
  });

  it('are found by the words that they have now', async () => {
    const { db } = api.stage;
    const id = await message({ text: 'Не работает светофор' });
    expect(await ids('q=светофоры')).to.deep.equal([id]);
    await db.getRepository(MessageEntity).update({ id }, { status: 'answered' });
    expect(await ids('q=светофоры')).to.deep.equal([id]);
    await db.getRepository(MessageEntity).update({ id }, { text: 'Не работает фонарь' });
    expect(await ids('q=светофоры')).to.deep.equal([]);
    expect(await ids('q=фонари')).to.deep.equal([id]);
  });

  it('are all there once, page by page, while new ones arrive', async () => {
    await api.stage.db.query('truncate message cascade');
    const at = msk('2026-11-24T09:00').getTime();
    // Many share an instant, as those do that were read together.
    const expected = new Set<string>();
    const row = (n: number) => ({
      id: randomUUID(),
      network: 'vk',
      externalId: `-1_${n}`,
      kind: 'post' as const,
      url: `https://vk.com/wall-1_${n}`,
      text: `Сообщение ${n}`,
      publishedAt: new Date(at),
      detectedAt: new Date(at + Math.floor(n / 37) * 1_000),
    });
    const rows = Array.from({ length: 1_000 }, (_, n) => row(n));
    await api.stage.db.getRepository(MessageEntity).insert(rows);
    for (const { id } of rows) expected.add(id);

    const seen: string[] = [];
    let cursor = '';
    for (let pages = 0; ; pages += 1) {
      const { items, next } = await page(`limit=73${cursor && `&cursor=${cursor}`}`);
      seen.push(...items.map(({ id }) => id));
      // At the newest instant, and later.
      const fresh = [999, 2_000].map((n) => ({
        ...row(n + pages * 10_000),
        detectedAt: new Date(at + n * 1_000),
      }));
      await api.stage.db
        .getRepository(MessageEntity)
        .insert(fresh.map((it, n) => ({ ...it, externalId: `new_${pages}_${n}` })));
      if (next === null) break;
      cursor = next;
    }
    expect(seen).to.have.length(1_000);
    expect(new Set(seen)).to.deep.equal(expected);
  });

  describe('with their history', () => {
    let id: string;
    let told: Told;
    let file: string;
    before(async () => {
      id = await message({ status: 'review', triagedAt: msk('2026-11-24T09:30') });
      const assignment = await anAssignment(api.stage, id, 'minzdrav', '2026-11-24T14:00');
      await draft(api.stage.db, assignment.id, 1, 'Первый проект');
      await draft(api.stage.db, assignment.id, 2, 'Второй проект');
      const uploadedAt = msk('2026-11-24T14:30');
      const over = { assignmentId: assignment.id, uploadedBy: 'minzdrav', uploadedAt };
      file = await anAttachment(api.stage.db, id, over);
      await anAttachment(api.stage.db, id, { stored: false });
      await api.stage.db
        .getRepository(DraftEntity)
        .update({ assignmentId: assignment.id, version: 2 }, { attachments: [file] });
      await sentBack(api.stage, id, [assignment.id], 'Нет даты');
      const answerId = await answer(api.stage.db, id, 'Ответ');
      await api.stage.db.getRepository(PublicationEntity).insert({
        id: randomUUID(),
        messageId: id,
        answerId,
        guid: answerId,
        status: 'published',
        externalId: '-1_20_r7',
        permalink: 'https://vk.com/wall-1_20?reply=7',
        sent: { message: 'Ответ' },
        received: { response: { comment_id: 7 } },
        reservedAt: msk('2026-11-25T12:00'),
        publishedAt: msk('2026-11-25T12:01'),
      });
      const deadline = await api.stage.db
        .getRepository(DeadlineEntity)
        .findOneByOrFail({ id: assignment.draftDeadlineId });
      await api.stage.db
        .getRepository(DeadlineEntity)
        .update(deadline.id, { missedAt: deadline.dueAt });
      await openShortcoming(api.stage.db.manager, {
        sourceKey: `deadline:${deadline.id}`,
        kind: 'deadline',
        messageId: id,
        assignmentId: assignment.id,
        deadlineId: deadline.id,
        agencyCode: 'minzdrav',
        executor: deadline.executor,
        description: 'Срок пропущен',
        openedAt: msk('2026-11-25T14:00'),
      });
      told = (await api.call('GET', `/api/v1/messages/${id}`, secret)).body as Told;
    });

    it('say of each deadline why it is what it is (clauses 5, 6)', () => {
      const of = (kind: string) => told.clocks.find((it) => it.kind === kind);
      expect(of('draft')).to.deep.include({
        clause: 6,
        limit: 'PT8H',
        plain: false,
        dueAt: '2026-11-25T10:00:00.000Z',
        intervals: [
          { from: '2026-11-24T11:00:00.000Z', to: '2026-11-24T15:00:00.000Z' },
          { from: '2026-11-25T06:00:00.000Z', to: '2026-11-25T10:00:00.000Z' },
        ],
        provisional: false,
      });
      expect(of('return')).to.deep.include({
        clause: 5,
        plain: true,
        intervals: [{ from: '2026-11-24T11:00:00.000Z', to: '2026-11-24T11:30:00.000Z' }],
      });
    });

    it('say when a deadline was counted without an official calendar', async () => {
      const other = await message();
      await anAssignment(api.stage, other, 'minobr', '2027-02-01T10:00');
      const { body } = await api.call('GET', `/api/v1/messages/${other}`, secret);
      expect((body as Told).nextDue).to.include({ provisional: true });
      const drafting = (body as Told).clocks.find(({ kind }) => kind === 'draft');
      expect(drafting).to.include({ provisional: true });
    });

    it('say who did what, with versions, decisions, publication and shortcomings (clauses 7-13)', () => {
      expect(told.drafts.map(({ version, text }) => [version, text])).to.deep.equal([
        [1, 'Первый проект'],
        [2, 'Второй проект'],
      ]);
      expect(told.decisions[0]).to.include({ decision: 'rework', remarks: 'Нет даты' });
      expect(told.publications[0]).to.deep.include({
        permalink: 'https://vk.com/wall-1_20?reply=7',
        received: { response: { comment_id: 7 } },
        publishedAt: '2026-11-25T09:01:00.000Z',
      });
      expect(told.shortcomings[0]?.agency).to.deep.equal({
        code: 'minzdrav',
        name: 'Министерство здравоохранения Смоленской области',
      });
      expect(told.assignments[0]?.agency.code).to.equal('minzdrav');
      expect(told.events.map(({ action }) => action)).to.include('выявлен недостаток');
    });

    it('name photos and videos: what, whose, when, and in which version; no link (clause 11)', () => {
      expect(told.attachments).to.have.length(1);
      expect(told.attachments[0]).to.deep.include({
        id: file,
        assignmentId: told.assignments[0]?.id,
        name: 'двор.jpg',
        type: 'image/jpeg',
        uploadedBy: 'minzdrav',
        uploadedAt: '2026-11-24T11:30:00.000Z',
        removedAt: null,
      });
      expect(told.attachments[0]?.size).to.be.greaterThan(100);
      expect(told.drafts.map(({ attachments }) => attachments)).to.deep.equal([[], [file]]);
      expect(JSON.stringify(told.attachments)).not.to.match(/https?:|key=/);
    });

    it('are looked at on record: once a day, principal and message', async () => {
      const views = async () => (await lines(id)).filter(({ key }) => key?.startsWith('view:'));
      const before = (await views()).length;
      const other = await api.token({ name: 'Панель' });
      await api.call('GET', `/api/v1/messages/${id}`, other);
      await api.call('GET', `/api/v1/messages/${id}`, other);
      await page('limit=200', other);
      const after = await views();
      expect(after).to.have.length(before + 1);
      const [line] = after.filter(({ subject }) => subject === 'Панель');
      expect(line).to.deep.include({ action: 'просмотрено через интерфейс обмена' });
      expect(line?.details).to.have.property('via', 'token');
      const again = (await api.call('GET', `/api/v1/messages/${id}`, secret)).body as Told;
      expect(again.events).to.deep.equal(told.events);
    });

    it('are not there under another number', async () => {
      for (const odd of [randomUUID(), 'x', "'", '%00']) {
        expect((await api.call('GET', `/api/v1/messages/${odd}`, secret)).status, odd).to.equal(
          404,
        );
      }
    });
  });

  describe('given by hand', () => {
    const give = (body: object, by = secret) => api.call('POST', '/api/v1/messages', by, body);
    const starts = (id: string) =>
      api.stage.db.getRepository(ProcessStartEntity).findBy({ correlationKey: id });

    it('are read from the network, taken in once, and their process is started (clause 2)', async () => {
      const post = api.world.sandbox.vk.post({ author: 'Пётр Ильин', text: 'Нет отопления' });
      const url = api.world.sandbox.vk.permalink(post);
      const first = await give({ url: `${url}?from=feed`, text: 'Другое', author: 'Другой' });
      expect(first.status).to.equal(201);
      const told = first.body as View;
      expect(told).to.deep.include({
        id: messageId('vk', `${post.owner_id}_${post.id}`),
        url,
        text: 'Нет отопления',
        author: { name: 'Пётр Ильин', url: `${api.world.sandbox.vk.url}/id${post.from_id}` },
        status: 'detected',
      });
      expect(first.headers.get('location')).to.equal(`/api/v1/messages/${told.id}`);
      expect((await api.call('GET', first.headers.get('location') ?? '', secret)).status).to.equal(
        200,
      );
      const again = await give({ url });
      expect([again.status, again.body]).to.deep.equal([200, told]);
      expect(await starts(told.id)).to.have.length(1);
      const [line] = (await lines(told.id)).filter(({ key }) => key === `registered:${told.id}`);
      expect(line).to.include({ subject: 'проверка', action: 'сообщение внесено вручную' });
    });

    it('are one message when two give it at once', async () => {
      const post = api.world.sandbox.vk.post({ text: 'Нет отопления' });
      const url = api.world.sandbox.vk.permalink(post);
      const told = await Promise.all([give({ url }), give({ url }), give({ url })]);
      expect(told.map(({ status }) => status).sort()).to.deep.equal([200, 200, 201]);
      expect(await starts((told[0]?.body as View).id)).to.have.length(1);
    });

    it('are comments too', async () => {
      const post = api.world.sandbox.vk.post({ text: 'Новости' });
      const comment = api.world.sandbox.vk.comment({
        post,
        author: 'Анна Белова',
        text: 'А у нас яма',
      });
      const url = `https://m.vk.com/wall${post.owner_id}_${post.id}?reply=${comment.id}&thread=1`;
      const told = await give({ url });
      expect(told.body).to.include({ kind: 'comment', text: 'А у нас яма' });
    });

    it('need a text where the network shows none', async () => {
      const url = 'https://vk.com/wall-7_1';
      const told = await give({ url });
      expect(told.status).to.equal(422);
      expect(told.body).to.have.deep.property('errors', [
        { pointer: '/text', detail: 'обязательно: сеть не показывает этой записи' },
      ]);
      const publishedAt = '2026-11-20T10:00:00+03:00';
      const given = await give({ url, text: ' Прорвало\0 трубу ', author: 'Со слов', publishedAt });
      expect(given.status).to.equal(201);
      expect(given.body).to.deep.include({
        text: 'Прорвало трубу',
        author: { name: 'Со слов', url: null },
        publishedAt: '2026-11-20T07:00:00.000Z',
      });
    });

    it('wait for a network that is away, or go on with the text that was given', async () => {
      const { find } = api.world.vk;
      api.world.vk.find = () => Promise.reject(new TryLater('away'));
      const { warn } = log;
      log.warn = () => undefined;
      try {
        const url = 'https://vk.com/wall-7_2';
        const told = await give({ url });
        expect(told.status).to.equal(503);
        expect(told.headers.get('retry-after')).to.match(/^\d+$/);
        expect((await give({ url, text: 'Прорвало трубу' })).status).to.equal(201);
      } finally {
        log.warn = warn;
        if (find) api.world.vk.find = find;
      }
    });

    it('are refused when they are no post of a network, or our own answer', async () => {
      for (const url of ['https://example.com/wall-1_2', 'wall', ' ', 'https://vk.com/id1']) {
        const told = await give({ url, text: 'Текст' });
        expect(told.status, url).to.equal(422);
        expect(told.body).to.have.nested.property('errors[0].pointer', '/url');
      }
      const [publication] = await api.stage.db.getRepository(PublicationEntity).find();
      expect(publication?.externalId).to.equal('-1_20_r7');
      const told = await give({ url: 'https://vk.com/wall-1_20?reply=7', text: 'Ответ' });
      expect(told.status).to.equal(409);
    });
  });
});
