import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { AnswerEntity } from '../db/entities/answer.ts';
import { MessageEntity } from '../db/entities/message.ts';
import { PublicationEntity } from '../db/entities/publication.ts';
import type { Database } from '../db/data-source.ts';
import type { Network, PublicationOutcome } from '../networks/port.ts';
import { openMeta } from '../../test/meta.ts';
import { testDatabase, type TestDatabase } from '../../test/postgres.ts';
import { until } from '../../test/until.ts';
import { anAnswer, openVk, type VkSandbox } from '../../test/vk.ts';
import { openX } from '../../test/x.ts';
import { takeIn } from './intake.ts';
import { messageId as idOf } from './message-id.ts';
import { runMonitor } from './monitor.ts';

const ANSWERED_AT = new Date('2026-11-24T12:00:00Z');

/** Records an answer as the process does. */
async function isPublished(
  db: Database,
  messageId: string,
  outcome: PublicationOutcome,
): Promise<void> {
  if (outcome.state !== 'published') throw new Error(JSON.stringify(outcome));
  const id = randomUUID();
  await db.getRepository(AnswerEntity).insert({
    id,
    sourceKey: id,
    messageId,
    version: 1,
    text: 'До 1 декабря.',
    composedAt: ANSWERED_AT,
  });
  await db.getRepository(PublicationEntity).insert({
    id,
    messageId,
    answerId: id,
    guid: id,
    status: 'published',
    externalId: outcome.externalId,
    permalink: outcome.permalink,
    reservedAt: ANSWERED_AT,
  });
}

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
    const { id: messageId } = asked;
    await isPublished(test.db, messageId, outcome);

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

describe('A reply in the thread of our answer', () => {
  let test: TestDatabase;
  before(async () => void (test = await testDatabase()));
  after(() => test.close());

  /** What the network shows of an object is taken in; what it follows up. */
  async function takenIn(network: Network, externalId: string): Promise<string | null> {
    await takeIn(test.db, (await network.find?.([externalId])) ?? [], new Date());
    const id = idOf(network.code, externalId);
    return (await test.db.getRepository(MessageEntity).findOneByOrFail({ id })).followUpOf;
  }
  async function answer(network: Network, externalId: string, over = {}): Promise<string> {
    await takenIn(network, externalId);
    const outcome = await network.reply(externalId, anAnswer({ text: 'До 1 декабря.', ...over }));
    const id = idOf(network.code, externalId);
    await isPublished(test.db, id, outcome);
    return id;
  }

  for (const code of ['facebook', 'instagram'] as const) {
    it(`is told from what was said there before, and from other threads: ${code} (clause 2)`, async () => {
      let now = new Date('2026-11-24T11:00:00Z');
      const world = await openMeta(code, { now: () => now });
      const { network, there } = world;
      try {
        const post = there.announce('Лифты меняют').id;
        const say = (text: string, replyTo?: string) =>
          there.comment({ post, text, ...(replyTo !== undefined && { replyTo }) }).id;
        const [asked, other] = [say('Когда починят лифт?'), say('И у нас лифт стоит.')];
        const before = say('Мне тоже интересно.', asked);
        const id = await answer(network, `${post}/${asked}`);
        now = new Date('2026-11-24T13:00:00Z');
        const [ours] = there
          .comments(post)
          .filter(({ parent, from }) => parent === asked && from === there.options.official.id);
        expect(await takenIn(network, `${post}/${say('Обещали уже летом!', ours?.id)}`)).to.equal(
          id,
        );
        expect(await takenIn(network, `${post}/${before}`)).to.equal(null);
        expect(await takenIn(network, `${post}/${other}`)).to.equal(null);
        expect(await takenIn(network, `${post}/${say('Пишите сюда.', other)}`)).to.equal(null);
      } finally {
        await world.close();
      }
    });
  }

  it('is known under our answer to a post: facebook (clause 2)', async () => {
    const world = await openMeta('facebook');
    const { network, there } = world;
    try {
      const post = there.post({ text: 'Когда починят лифт?' }).id;
      const id = await answer(network, post);
      const [ours] = there.comments(post);
      const reply = there.comment({ post, text: 'Спасибо!', replyTo: ours!.id }).id;
      expect(await takenIn(network, `${post}/${reply}`)).to.equal(id);
    } finally {
      await world.close();
    }
  });

  it('is known under any post of an answer that is a thread: x (clause 2)', async () => {
    const world = await openX({}, { replies: 'anyone' });
    const { x: network } = world;
    const { x } = world.sandbox;
    try {
      const say = (text: string, replyTo?: string) =>
        x.post({ text, ...(replyTo !== undefined && { replyTo }) }).versions[0]!.id;
      const asked = say('Когда починят лифт?');
      const text = 'Лифт заменят до 1 декабря. '.repeat(20);
      const id = await answer(network, asked, { text, asThread: true });
      const ours = x.answers(asked);
      expect(ours).to.have.length.above(1);
      expect(await takenIn(network, say('Спасибо!', ours.at(-1)!.id))).to.equal(id);
      expect(await takenIn(network, say('И у нас лифт стоит.', asked))).to.equal(null);
    } finally {
      await world.close();
    }
  });
});
