import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { MessageEntity, type Message } from '../db/entities/message.ts';
import { Sketches1765500000000 } from '../db/migrations/1765500000000-sketches.ts';
import { Trigrams1765720000000 } from '../db/migrations/1765720000000-trigrams.ts';
import { msk, openStage, type Stage } from '../../test/stage.ts';
import { letters } from './letters.ts';
import { forget, remember, threadOf } from './likeness.ts';
import { likelyRepeats } from './likely-repeats.ts';
import { repeatOptions, repeatsText } from './repeats-text.ts';

const TEXT =
  'Во дворе дома 7 на улице Кирова третий день не горят фонари, детям страшно идти домой.';

describe('Likely repeats', () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage.close());
  beforeEach(() => stage.db.query('truncate message cascade'));

  let number = 0;
  /** A message taken into work at `at`. */
  async function taken(
    over: Partial<Message> = {},
    at = msk('2026-11-24T10:00'),
  ): Promise<Message> {
    number += 1;
    const id = randomUUID();
    await stage.db.getRepository(MessageEntity).insert({
      id,
      network: 'vk',
      externalId: id,
      kind: 'post',
      url: `https://vk.com/wall-1_${number}`,
      authorUrl: `https://vk.com/id${number}`,
      text: TEXT,
      photos: [],
      publishedAt: at,
      detectedAt: at,
      status: 'triage',
      urgent: false,
      ...over,
    });
    const message = await stage.db.getRepository(MessageEntity).findOneByOrFail({ id });
    await remember(stage.db.manager, message, at);
    return message;
  }
  const found = (message: Message, window = 'P14D') =>
    stage.db.transaction((tx) => likelyRepeats(tx, message, window));
  const idsOf = async (message: Message, window?: string) =>
    (await found(message, window)).map((it) => it.message.id);

  it('are messages with a similar text, also in another network and behind a changed one', async () => {
    const same = await taken({ network: 'ok', url: 'https://ok.ru/group/1/topic/2' });
    const similar = await taken({ text: TEXT.replace('третий день', 'уже неделю') });
    await taken({ text: 'В Вязьме на остановке у рынка нет скамейки и расписания автобусов.' });
    const message = await taken({ text: `${TEXT.toUpperCase()} https://vk.com/club1` });
    expect(await idsOf(message)).to.deep.equal([same.id, similar.id]);
  });

  it('are those of the same author under the same post, whatever the text', async () => {
    const author = { authorUrl: 'https://vk.com/id777', kind: 'comment' as const };
    const first = await taken({
      ...author,
      url: 'https://vk.com/wall-1_5?reply=8',
      text: 'Где свет?',
    });
    await taken({ ...author, url: 'https://vk.com/wall-1_6?reply=9', text: 'Где свет?' });
    await taken({ url: 'https://vk.com/wall-1_5?reply=10', text: 'Где свет?' });
    const message = await taken({
      ...author,
      url: 'https://vk.com/wall-1_5?reply=11',
      text: 'Ау!',
    });
    const repeats = await found(message);
    expect(repeats.map((it) => it.message.id)).to.deep.equal([first.id]);
    expect(repeatsText(repeats, { zone: 'Europe/Moscow', pageLink: stage.pageLink }))
      .to.contain('автор и запись те же, текст другой')
      .and.contain('ВКонтакте, комментарий, 24.11.2026 10:00')
      .and.contain('состояние: у куратора')
      .and.contain('https://vk.com/wall-1_5?reply=8')
      .and.contain(stage.pageLink(first.id));
  });

  it('are at most five, the likeliest first; a short text is like none', async () => {
    for (let n = 0; n < 7; n += 1) await taken({ text: `${TEXT} ${'Помогите! '.repeat(n)}` });
    const repeats = await found(await taken());
    expect(repeats).to.have.length(5);
    expect(repeats[0]?.similarity).to.equal(1);
    const options = repeatOptions(repeats, 'Europe/Moscow');
    expect(options[0]?.label).to.match(/^1\. ВКонтакте, запись, 24\.11\.2026 10:00: Во дворе/);
    expect(
      repeatsText(repeats, { zone: 'Europe/Moscow', pageLink: stage.pageLink })?.length,
    ).to.be.lessThan(7_000);
    await taken({ text: 'Спасибо!' });
    expect(await idsOf(await taken({ text: 'Спасибо!' }))).to.be.empty;
  });

  it('are looked for within the window only, and older texts are forgotten', async () => {
    await taken({}, msk('2026-11-01T10:00'));
    const message = await taken();
    expect(await idsOf(message)).to.be.empty;
    expect(await idsOf(message, 'P1M')).to.have.length(1);
    await forget(stage.db.manager, 'P14D', msk('2026-11-24T10:00'));
    expect(await idsOf(message, 'P1M')).to.be.empty;
  });

  it('name the original of what is a repeat already, and never the message itself', async () => {
    const original = await taken({ text: 'Совсем о другом написано в этом сообщении.' });
    await taken({ status: 'duplicate', duplicateOf: original.id });
    const message = await taken();
    await taken({ status: 'duplicate', duplicateOf: message.id });
    expect(await idsOf(message)).to.deep.equal([original.id]);
  });

  it('are found among messages that were taken in by an earlier version', async () => {
    const earlier = await taken();
    const runner = stage.db.createQueryRunner();
    const changes = [new Sketches1765500000000(), new Trigrams1765720000000()];
    for (const change of changes.toReversed()) await change.down(runner);
    for (const change of changes) await change.up(runner);
    await runner.release();
    expect(await idsOf(await taken())).to.deep.equal([earlier.id]);
  });

  it('leave out what an older version, still running beside this one, takes in', async () => {
    const known = await taken();
    const { id } = await taken();
    await stage.db.query('delete from likeness where message_id = $1', [id]);
    await stage.db.query(
      `insert into likeness (message_id, at, thread, letters, sketch)
       select $1, at, 'vk.com/wall-1_0', 'letters', sketch from likeness where message_id = $2`,
      [id, known.id],
    );
    expect(await idsOf(await taken())).to.deep.equal([known.id]);
  });

  it('are as alike as pg_trgm says', async () => {
    const texts = [
      TEXT,
      TEXT.replace('третий день', 'уже неделю'),
      `Здравствуйте! ${TEXT} Ответьте, пожалуйста, when?`,
      TEXT.slice(0, 60),
    ];
    for (const text of texts) await taken({ text });
    const repeats = await found(await taken());
    expect(repeats).to.have.length(texts.length);
    for (const { message, similarity } of repeats) {
      const [row] = await stage.db.query<{ similarity: number }[]>(
        'select similarity($1, $2) as similarity',
        [letters(TEXT), letters(message.text)],
      );
      expect(similarity).to.be.closeTo(row!.similarity, 1e-6);
    }
  });

  it('compare letters that every locale of PostgreSQL knows', () => {
    expect(letters('Ёлка, ЕЛКА')).to.equal(letters('елка, елка'));
    expect(letters('яма http://a.ru/х')).to.equal(letters('яма  '));
    expect(letters('Щука, where?')).to.match(/^[a-z0-9]{4}, where\?$/);
  });

  it('tell the post from the address of its comment', () => {
    const posts = {
      'https://vk.com/wall-1_5?reply=8': 'vk.com/wall-1_5',
      'https://ok.ru/group/1/topic/2#comment-3': 'ok.ru/group/1/topic/2',
      'https://www.instagram.com/p/abc/c/17/': 'www.instagram.com/p/abc',
      'not an address': 'not an address',
    };
    for (const [url, post] of Object.entries(posts)) expect(threadOf(url)).to.equal(post);
  });
});
