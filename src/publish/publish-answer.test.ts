import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { createStorage } from '../attachments/create-storage.ts';
import { AnswerEntity } from '../db/entities/answer.ts';
import { MessageEntity } from '../db/entities/message.ts';
import { PublicationEntity, type Publication } from '../db/entities/publication.ts';
import { ProcessError, TryLater } from '../errors.ts';
import { NetworkError } from '../networks/network-error.ts';
import type { Network } from '../networks/port.ts';
import { networksOf } from '../networks/registry.ts';
import type { Ref } from '../../sandbox/social/types.ts';
import { anAttachment } from '../../test/attachments.ts';
import { aJob } from '../../test/job.ts';
import { testDatabase, type TestDatabase } from '../../test/postgres.ts';
import { openVk, type VkSandbox } from '../../test/vk.ts';
import { publishAnswer } from './publish-answer.ts';

const job = aJob({ elementId: 'publish-answer' });
const TEXT = 'Яма на улице Ленина заделана 23 ноября.';

describe('publish-answer', () => {
  let database: TestDatabase;
  let network: VkSandbox;
  let post: Ref;
  let messageId: string;
  let answerId: string;

  before(async () => {
    database = await testDatabase();
    network = await openVk();
  });
  after(async () => {
    await network.close();
    await database.close();
  });

  beforeEach(async () => {
    network.sandbox.vk.reset();
    post = network.sandbox.vk.post({ text: 'Смоленск, яма на Ленина' });
    messageId = randomUUID();
    await database.db.getRepository(MessageEntity).insert({
      id: messageId,
      network: 'vk',
      externalId: `${post.owner_id}_${post.id}`,
      kind: 'post',
      url: network.sandbox.vk.permalink(post),
      text: 'Смоленск, яма на Ленина',
      photos: [],
      publishedAt: new Date('2026-11-24T06:00:00Z'),
      detectedAt: new Date('2026-11-24T06:01:00Z'),
      status: 'review',
      urgent: false,
    });
    answerId = await anAnswer(1, TEXT);
  });

  afterEach(async () => {
    await database.db.query('delete from publication');
    await database.db.query('delete from answer');
    await database.db.query('delete from attachment');
    await database.db.query('delete from message');
  });

  async function anAnswer(version: number, text: string): Promise<string> {
    const id = randomUUID();
    await database.db.getRepository(AnswerEntity).insert({
      id,
      sourceKey: id,
      messageId,
      version,
      text,
      composedAt: new Date('2026-11-24T07:00:00Z'),
    });
    return id;
  }

  const withStorage = () => ({
    db: database.db,
    storage: createStorage('postgres', database.db),
  });

  const run = async (answer = answerId, vk = network.vk): Promise<{ publicationId: string }> => {
    const { run } = publishAnswer({ ...withStorage(), networks: networksOf(vk) });
    return (await run({ messageId, answerId: answer }, job)) as { publicationId: string };
  };

  const failure = (answer = answerId, vk = network.vk): Promise<unknown> =>
    run(answer, vk).then(
      () => expect.fail('nothing was thrown'),
      (error: unknown) => error,
    );

  const rows = (): Promise<Publication[]> =>
    database.db.getRepository(PublicationEntity).findBy({ messageId });

  const row = async (): Promise<Publication> => {
    const [only, ...more] = await rows();
    expect(more).to.have.length(0);
    if (!only) throw new Error('no publication');
    return only;
  };

  const replies = (): string[] => network.sandbox.vk.comments(post).map(({ text }) => text);

  it('answers under the original and keeps the proof', async () => {
    const { publicationId } = await run();
    const kept = await row();
    expect(replies()).to.deep.equal([TEXT]);
    expect(kept).to.include({ id: publicationId, answerId, status: 'published', manual: false });
    const reply = network.sandbox.vk.comments(post)[0]?.id;
    expect(kept.permalink).to.equal(network.sandbox.vk.permalink(post, reply));
    expect(kept.sent).to.have.nested.property('params.message', TEXT);
    expect(kept.received).to.have.property('comment_id', reply);
    expect(JSON.stringify(kept)).not.to.contain('token');
  });

  it('publishes once however often it runs, one after another or at once', async () => {
    const first = await run();
    expect(await run()).to.deep.equal(first);
    await database.db.query('delete from publication');
    network.sandbox.vk.reset();
    post = network.sandbox.vk.post({ text: 'ещё одна яма' });
    await database.db
      .getRepository(MessageEntity)
      .update({ id: messageId }, { externalId: `${post.owner_id}_${post.id}` });

    const [one, other] = await Promise.all([run(), run()]);
    expect(one).to.deep.equal(other);
    expect(replies()).to.deep.equal([TEXT]);
    expect((await row()).status).to.equal('published');
  });

  describe('with photos', () => {
    let files: string[];
    beforeEach(async () => {
      files = [
        await anAttachment(database.db, messageId, { name: 'до.jpg' }),
        await anAttachment(database.db, messageId, { name: 'после.jpg' }),
      ];
      await database.db
        .getRepository(AnswerEntity)
        .update({ id: answerId }, { attachments: files });
    });
    const photos = () => network.sandbox.vk.comments(post).map((reply) => reply.photos.length);
    const kept = async () => (await row()).attachments.map(({ id, name }) => [id, name]);

    it('sends them in their order and keeps which they were (clauses 8, 11)', async () => {
      await run();
      expect(photos()).to.deep.equal([2]);
      expect(await kept()).to.deep.equal([
        [files[0], 'до.jpg'],
        [files[1], 'после.jpg'],
      ]);
      await run();
      expect(photos()).to.deep.equal([2]);
    });

    for (const [kind, method] of [
      ['cut-before', 'upload'],
      ['cut-before', 'photos.saveWallPhoto'],
      ['cut-after', 'photos.saveWallPhoto'],
      ['cut-before', 'wall.createComment'],
      ['cut-after', 'wall.createComment'],
    ] as const) {
      it(`doubles nothing when ${method} was cut (${kind})`, async () => {
        network.sandbox.vk.behaviour({ kind, method, times: 1 });
        expect(await failure()).to.be.instanceOf(TryLater);
        await run();
        expect(photos()).to.deep.equal([2]);
        expect(await kept()).to.have.length(2);
      });
    }

    it('is tried again when a file cannot be read, and nothing was published', async () => {
      await database.db.query('delete from attachment_chunk where attachment_id = $1', [files[1]]);
      expect(await failure()).to.be.instanceOf(Error);
      expect(replies()).to.be.empty;
    });
  });

  it('leaves the time of publication to the engine', async () => {
    await run();
    expect((await row()).publishedAt).to.equal(null);
  });

  it('finds its reply when the connection was cut after the network had taken it', async () => {
    network.sandbox.vk.behaviour({ kind: 'cut-after', times: 1 });
    expect(await failure()).to.be.instanceOf(TryLater);
    expect(await row()).to.include({ status: 'unknown' });
    expect(replies()).to.have.length(1);

    const { publicationId } = await run();
    expect(replies()).to.deep.equal([TEXT]);
    const kept = await row();
    expect(kept).to.include({ id: publicationId, status: 'published', reason: null });
    expect(kept.sent).to.have.property('method', 'wall.createComment');
    expect(kept.received).to.have.property('method', 'wall.getComments');
  });

  it('tries again with the same key when the reply is not there', async () => {
    network.sandbox.vk.behaviour({ kind: 'cut-before', times: 1 });
    expect(await failure()).to.be.instanceOf(TryLater);
    expect(replies()).to.be.empty;
    const { guid } = await row();
    await run();
    expect(replies()).to.deep.equal([TEXT]);
    expect(await row()).to.include({ status: 'published', guid });
  });

  it('reads back what a process that died may have published', async () => {
    await run();
    await database.db
      .getRepository(PublicationEntity)
      .update({ answerId }, { status: 'reserved', permalink: null, externalId: null });
    await run();
    expect(replies()).to.have.length(1);
    expect((await row()).permalink).to.be.a('string');
  });

  it('leaves it to a person when the network does not let us read back', async () => {
    network.sandbox.vk.behaviour({ kind: 'cut-after', times: 1 });
    expect(await failure()).to.be.instanceOf(TryLater);
    const row = { kind: 'human', reason: 'сеть просит ввести код с картинки' } as const;
    const veiled: Network = {
      ...network.vk,
      findReply: () => Promise.reject(new NetworkError('captcha', 402, '', row)),
    };
    const error = (await failure(answerId, veiled)) as ProcessError;
    expect(error).to.be.instanceOf(ProcessError).with.property('code', 'needs-person');
    expect(error.variables['manualReason'])
      .to.match(/не показала ветку.*просит ввести код/)
      .and.to.match(/возможно, уже размещён/);
    expect(replies()).to.have.length(1);
  });

  it('waits while the network is down or limits us', async () => {
    network.sandbox.vk.behaviour({ kind: 'down', times: 10 });
    expect(await failure()).to.be.instanceOf(TryLater);
    network.sandbox.vk.calm();
    network.sandbox.vk.behaviour({ kind: 'rate', method: 'wall.createComment', times: null });
    const limited = await failure();
    expect(limited).to.be.instanceOf(TryLater);
    expect((limited as TryLater).afterMs).to.be.greaterThan(0);
    network.sandbox.vk.calm();
    await run();
    expect(replies()).to.deep.equal([TEXT]);
  });

  it('leaves a captcha to a person and then keeps its hands off', async () => {
    network.sandbox.vk.behaviour({ kind: 'captcha', method: 'wall.createComment', times: 1 });
    const error = (await failure()) as ProcessError;
    expect(error).to.be.instanceOf(ProcessError).with.property('code', 'needs-person');
    expect(error.variables['manualReason']).to.match(/код с картинки/);
    expect(error.variables['manualReason']).to.contain(network.sandbox.vk.permalink(post));
    expect((await row()).status).to.equal('needs-person');

    const again = (await failure()) as ProcessError;
    expect(again.variables).to.deep.equal(error.variables);
    expect(replies()).to.be.empty;
  });

  it('says that the original is gone', async () => {
    network.sandbox.vk.delete(post);
    const error = (await failure()) as ProcessError;
    expect(error).to.be.instanceOf(ProcessError).with.property('code', 'original-gone');
    expect(error.variables['manualReason']).to.match(/удалено/);
    expect((await row()).status).to.equal('gone');
    expect(((await failure()) as ProcessError).variables).to.deep.equal(error.variables);
  });

  it('says so too when the network had taken the answer, without a word, before', async () => {
    network.sandbox.vk.behaviour({ kind: 'cut-after', times: 1 });
    expect(await failure()).to.be.instanceOf(TryLater);
    network.sandbox.vk.delete(post);
    expect(await failure())
      .to.be.instanceOf(ProcessError)
      .with.property('code', 'original-gone');
    expect((await row()).status).to.equal('gone');
    expect(replies()).to.deep.equal([TEXT]);
  });

  it('takes a refused text back to the curator, and the next version has its own row', async () => {
    network.sandbox.vk.behaviour({ kind: 'refused', method: 'wall.createComment', times: 2 });
    const error = (await failure()) as ProcessError;
    expect(error).to.be.instanceOf(ProcessError).with.property('code', 'content-refused');
    expect(error.variables['inputError']).to.match(/не приняла ответ/);
    expect(((await failure()) as ProcessError).variables).to.deep.equal(error.variables);
    expect(await row()).to.include({ status: 'refused' });

    const next = await anAnswer(2, 'Яма заделана.');
    await run(next);
    expect((await rows()).map(({ status }) => status).sort()).to.deep.equal([
      'published',
      'refused',
    ]);
    expect(replies()).to.deep.equal(['Яма заделана.']);
  });

  it('leaves the publication to a person where replies are switched off or tokens refused', async () => {
    const off = await openVk({ canReply: false });
    try {
      const error = await failure(answerId, off.vk);
      expect(error).to.have.property('code', 'needs-person');
    } finally {
      await off.close();
    }
    const { db } = database;
    await db.query(`insert into network_switch values ('vk', true, false)`);
    expect(await failure(await anAnswer(4, 'Выключено.'))).to.have.property('code', 'needs-person');
    await db.query('delete from network_switch');
    const { run } = publishAnswer({ ...withStorage(), networks: networksOf() });
    const error: unknown = await run(
      { messageId, answerId: await anAnswer(2, 'Иначе.') },
      job,
    ).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).to.have.property('code', 'needs-person');
    network.sandbox.vk.behaviour({ kind: 'credentials', method: '*', times: 20 });
    const refused = (await failure(await anAnswer(3, 'И ещё.'))) as ProcessError;
    expect(refused).to.have.property('code', 'needs-person');
    expect(replies()).to.be.empty;
  });

  it('does not publish a second answer to a message', async () => {
    const first = await run();
    expect(await run(await anAnswer(2, 'Другой текст'))).to.deep.equal(first);
    expect(replies()).to.deep.equal([TEXT]);
  });
});
