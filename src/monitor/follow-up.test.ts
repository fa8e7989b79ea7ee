import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { AnswerEntity } from '../db/entities/answer.ts';
import { MessageEntity } from '../db/entities/message.ts';
import { PublicationEntity } from '../db/entities/publication.ts';
import { testDatabase, type TestDatabase } from '../../test/postgres.ts';
import { until } from '../../test/until.ts';
import { anAnswer, openVk, type VkSandbox } from '../../test/vk.ts';
import { runMonitor } from './monitor.ts';

describe('A reply to our answer', () => {
  let test: TestDatabase;
  let world: VkSandbox;
  let stop: AbortController;
  let ended: Promise<void>;
  before(async () => {
    test = await testDatabase();
    world = await openVk({ pollEvery: 'PT0.02S' });
    stop = new AbortController();
    ended = runMonitor({
      db: test.db,
      networks: [world.vk],
      words: ['Смоленск'],
      owner: 'one',
      onChange: () => undefined,
      signal: stop.signal,
    });
  });
  after(async () => {
    stop.abort();
    await ended;
    await test.close();
    await world.close();
  });
  const found = async (text: string) => {
    const messages = test.db.getRepository(MessageEntity);
    await until(() => messages.existsBy({ text }));
    return messages.findOneByOrFail({ text });
  };

  it('is taken in with the message that was answered; other comments are not (clause 2)', async () => {
    const { vk } = world.sandbox;
    const post = vk.post({ text: 'Смоленск: когда починят лифт?', wall: 'official' });
    const asked = await found('Смоленск: когда починят лифт?');
    const outcome = await world.vk.reply(asked.externalId, anAnswer({ text: 'До 1 декабря.' }));
    if (outcome.state !== 'published') throw new Error(outcome.state);
    const id = randomUUID();
    const { id: messageId } = asked;
    const at = new Date();
    await test.db
      .getRepository(AnswerEntity)
      .insert({ id, sourceKey: id, messageId, version: 1, text: 'До 1 декабря.', composedAt: at });
    await test.db.getRepository(PublicationEntity).insert({
      id,
      messageId,
      answerId: id,
      guid: id,
      status: 'published',
      externalId: outcome.externalId,
      permalink: outcome.permalink,
      reservedAt: at,
    });

    const [ours] = vk.comments(post);
    vk.comment({ post, text: 'Обещали уже летом!', replyTo: ours!.id });
    vk.comment({ post, text: 'И у нас лифт стоит.' });
    expect(await found('Обещали уже летом!')).to.include({
      followUpOf: messageId,
      kind: 'comment',
      authorUrl: asked.authorUrl,
    });
    const other = await found('И у нас лифт стоит.');
    expect(other.followUpOf).to.equal(null);
    const reply = vk.comment({ post, text: 'Пишите сюда.' });
    vk.comment({ post, text: 'Куда?', replyTo: reply.id });
    expect((await found('Куда?')).followUpOf).to.equal(null);
  });
});
