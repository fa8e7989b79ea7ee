import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { testDatabase, type TestDatabase } from '../../test/postgres.ts';
import { MessageEntity } from '../db/entities/message.ts';
import { ProcessStartEntity } from '../db/entities/process-start.ts';
import type { FoundPost } from '../networks/port.ts';
import { takeIn } from './intake.ts';

const now = new Date('2026-03-02T09:00:00Z');

function aPost(externalId: string, over: Partial<FoundPost> = {}): FoundPost {
  return {
    network: 'vk',
    externalId,
    kind: 'post',
    url: `https://vk.com/wall${externalId}`,
    authorName: 'Анна Петрова',
    authorUrl: 'https://vk.com/id1',
    text: 'Яма на улице Ленина',
    photos: [],
    publishedAt: new Date('2026-03-02T08:59:00Z'),
    ...over,
  };
}

describe('taking messages in', () => {
  let test: TestDatabase;
  before(async () => void (test = await testDatabase()));
  after(() => test.close());
  beforeEach(() => test.db.query('truncate message, process_start cascade'));

  const messages = () => test.db.getRepository(MessageEntity);
  const starts = () => test.db.getRepository(ProcessStartEntity);

  it('stores a message with the start of its process', async () => {
    expect(await takeIn(test.db, [aPost('-1_2')], now)).to.deep.equal({ stored: 1, seen: 0 });
    const message = await messages().findOneByOrFail({ externalId: '-1_2' });
    expect(message).to.deep.include({ status: 'detected', detectedAt: now, photos: [] });
    expect(await starts().find()).to.have.length(1);
    expect(await starts().findOneByOrFail({ correlationKey: message.id })).to.deep.include({
      messageName: 'message-detected',
      variables: { messageId: message.id },
    });
  });

  it('stores a network object once, however often it comes', async () => {
    const post = aPost('-1_2');
    expect(await takeIn(test.db, [post, post], now)).to.deep.equal({ stored: 1, seen: 1 });
    expect(await takeIn(test.db, [post], now)).to.deep.equal({ stored: 0, seen: 1 });
    expect(await starts().count()).to.equal(1);
  });

  it('stores it once when two monitors find it at the same time', async () => {
    const found = Array.from({ length: 3_000 }, (_, n) => aPost(`-1_${n}`));
    const results = await Promise.all([
      takeIn(test.db, found, now),
      takeIn(test.db, found.toReversed(), now),
    ]);
    expect(results.reduce((sum, { stored }) => sum + stored, 0)).to.equal(3_000);
    expect(await messages().count()).to.equal(3_000);
    expect(await starts().count()).to.equal(3_000);
  });

  it('tells the same number in two networks apart', async () => {
    const found = [aPost('1'), aPost('1', { network: 'ok' })];
    expect((await takeIn(test.db, found, now)).stored).to.equal(2);
  });

  const texts: [string, string, string][] = [
    ['an emoji alone', '👍🏽', '👍🏽'],
    ['no text with pictures', '', ''],
    ['100,000 characters', 'я'.repeat(100_000), 'я'.repeat(100_000)],
    ['NUL characters', 'а\0б', 'аб'],
    ['half a surrogate pair', 'а\ud83dб\udc4d', 'а\ufffdб\ufffd'],
    ['quotes, backslashes, line ends', `"'\\u0000\\\n\r\t`, `"'\\u0000\\\n\r\t`],
    [
      'what looks like code',
      "'); drop table message; --<script>",
      "'); drop table message; --<script>",
    ],
    ['writing from right to left', '\u202Eмя\u202C', '\u202Eмя\u202C'],
  ];
  for (const [what, text, stored] of texts) {
    it(`keeps ${what}`, async () => {
      const photos = text === '' ? ['https://vk.com/photo1'] : [];
      await takeIn(test.db, [aPost('-1_2', { text, photos, authorName: text })], now);
      const message = await messages().findOneByOrFail({});
      expect(message).to.deep.include({ text: stored, photos, authorName: stored });
    });
  }

  it('leaves out an answer that we published', async () => {
    await takeIn(test.db, [aPost('-1_2')], now);
    const { id } = await messages().findOneByOrFail({});
    await test.db.query(
      `with made as (
         insert into answer (id, source_key, message_id, version, text, composed_at)
         values ($1, 'a', $2, 1, 'Готово', now()) returning id)
       insert into publication (id, message_id, answer_id, guid, status, external_id, reserved_at)
       select $1, $2, id, 'g', 'published', '-1_2_r3', now() from made`,
      [randomUUID(), id],
    );
    const found = [aPost('-1_2_r3', { kind: 'comment' })];
    expect(await takeIn(test.db, found, now)).to.deep.equal({ stored: 0, seen: 1 });
    expect((await takeIn(test.db, [{ ...found[0]!, network: 'ok' }], now)).stored).to.equal(1);
  });

  it('takes nothing when there is nothing', async () => {
    expect(await takeIn(test.db, [], now)).to.deep.equal({ stored: 0, seen: 0 });
  });
});
