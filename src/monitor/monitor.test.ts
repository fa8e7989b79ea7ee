import { expect } from 'chai';
import { testDatabase, type TestDatabase } from '../../test/postgres.ts';
import { until } from '../../test/until.ts';
import { anAnswer, openVk, type VkSandbox } from '../../test/vk.ts';
import { followWords } from './follow-words.ts';
import { runMonitor, type MonitorOptions } from './monitor.ts';

describe('monitor', () => {
  let test: TestDatabase;
  let world: VkSandbox;
  let running: { stop: AbortController; ended: Promise<void> }[];
  let changes: string[];

  before(async () => {
    test = await testDatabase();
    world = await openVk({ pollEvery: 'PT0.02S' });
  });
  after(async () => {
    await test.close();
    await world.close();
  });
  beforeEach(async () => {
    await test.db.query('truncate message, process_start, poll_cursor cascade');
    world.sandbox.vk.reset();
    [running, changes] = [[], []];
  });
  afterEach(() => Promise.all(running.map(halt)));

  function start(owner = 'one', over: Partial<MonitorOptions> = {}) {
    const stop = new AbortController();
    const ended = runMonitor({
      db: test.db,
      networks: [world.vk],
      words: ['Смоленск'],
      owner,
      onChange: (_id, change) => void changes.push(change),
      signal: stop.signal,
      changesEveryMs: 20,
      ...over,
    });
    running.push({ stop, ended });
    return running.at(-1)!;
  }
  async function halt({ stop, ended }: (typeof running)[number]) {
    stop.abort();
    await ended;
  }
  const stored = async () =>
    (await test.db.query<{ text: string }[]>('select text from message order by text')).map(
      ({ text }) => text,
    );
  const storedAre = (texts: string[]) =>
    until(async () => JSON.stringify(await stored()) === JSON.stringify(texts.toSorted()));
  const cursors = () =>
    test.db.query<{ source: string; lease_owner: string; last_error: string | null }[]>(
      'select * from poll_cursor',
    );
  const post = (text: string) => world.sandbox.vk.post({ text: `Смоленск ${text}` });

  it('takes in what citizens write, and tells when', async () => {
    let told = 0;
    post('а');
    start('one', { onStored: () => (told += 1) });
    await storedAre(['Смоленск а']);
    post('б');
    await storedAre(['Смоленск а', 'Смоленск б']);
    expect(told).to.equal(2);
  });

  it('goes on after a stop without gap or double', async () => {
    post('до');
    const first = start();
    await storedAre(['Смоленск до']);
    await halt(first);
    post('пока стояли');
    start('two');
    await storedAre(['Смоленск до', 'Смоленск пока стояли']);
    const starts = await test.db.query<{ n: number }[]>(
      'select count(*)::int n from process_start',
    );
    expect(starts[0]?.n).to.equal(2);
  });

  it('goes on with other words once they have changed', async () => {
    const stop = new AbortController();
    let words = ['Смоленск'];
    const ended = followWords({
      db: test.db,
      networks: [world.vk],
      words,
      wordsNow: () => Promise.resolve(words),
      lookEveryMs: 20,
      owner: 'one',
      onChange: () => undefined,
      signal: stop.signal,
    });
    running.push({ stop, ended });
    post('а');
    world.sandbox.vk.post({ text: 'Вязьма б' });
    await storedAre(['Смоленск а']);
    words = ['Вязьма'];
    await storedAre(['Смоленск а', 'Вязьма б']);
  });

  it('is one of two that reads, and the other takes over when it stops', async () => {
    const first = start('one');
    await until(async () => (await cursors()).length === 3);
    start('two');
    post('а');
    await storedAre(['Смоленск а']);
    expect(new Set((await cursors()).map((row) => row.lease_owner))).to.deep.equal(
      new Set(['one']),
    );
    await halt(first);
    post('б');
    await storedAre(['Смоленск а', 'Смоленск б']);
    await until(async () => (await cursors()).every((row) => row.lease_owner === 'two'));
  });

  it('sits out a network that is down, and says so', async () => {
    world.sandbox.vk.behaviour({ kind: 'down' });
    post('при сбое');
    start();
    await until(async () => (await cursors()).some((row) => row.last_error?.includes('503')));
    world.sandbox.vk.calm();
    await storedAre(['Смоленск при сбое']);
    await until(async () => (await cursors()).every((row) => row.last_error === null));
  });

  it('tells no fault of a network when the engine is what is away', async () => {
    const told = post('при сбое движка');
    const away = Object.assign(new Error('14 UNAVAILABLE'), { code: 14 });
    let tries = 0;
    start('one', {
      onChange() {
        tries += 1;
        throw away;
      },
    });
    await storedAre(['Смоленск при сбое движка']);
    await test.db.query(`update message set process_instance_key = '1'`);
    world.sandbox.vk.delete(told);
    // By the second try it has been kept how the first one went.
    await until(() => tries > 1);
    expect((await cursors()).map((row) => row.last_error)).to.deep.equal([null, null, null]);
  });

  it('waits as long as the network asks, and nobody else tries meanwhile', async () => {
    world.sandbox.vk.behaviour({ kind: 'error', code: 9 });
    start();
    await until(async () => {
      const waiting = await test.db.query<unknown[]>(
        `select from poll_cursor
         where last_error like '%error 9%' and lease_until > now() + interval '100 seconds'`,
      );
      return waiting.length === 2;
    });
  });

  it('loses nothing when a reading breaks off halfway', async () => {
    for (let n = 0; n < 250; n += 1) post(String(n));
    world.sandbox.vk.behaviour({ kind: 'cut-after', method: 'newsfeed.search', times: 1 });
    start();
    await until(async () => (await stored()).length === 250);
  });

  it('does not take in what our community answers', async () => {
    const asked = post('вопрос');
    start();
    await storedAre(['Смоленск вопрос']);
    const answer = anAnswer({ text: 'Смоленск отвечает' });
    await world.vk.reply(`${asked.owner_id}_${asked.id}`, answer);
    world.sandbox.vk.comment({ post: asked, text: 'Смоленск благодарит' });
    await storedAre(['Смоленск вопрос', 'Смоленск благодарит']);
  });

  it('notices that an author changed or deleted a message in work, once', async () => {
    const edited = post('опечатка');
    const deleted = post('ошибка');
    start();
    await until(async () => (await stored()).length === 2);
    await test.db.query(`update message set process_instance_key = '1'`);
    world.sandbox.vk.edit(edited, 'Смоленск без опечатки');
    world.sandbox.vk.delete(deleted);
    await until(() => changes.length >= 2);
    const rows = await test.db.query<{ text: string; edited: boolean; deleted: boolean }[]>(
      `select text, edited_at is not null edited, deleted_at is not null deleted
       from message order by deleted`,
    );
    expect(rows).to.deep.equal([
      { text: 'Смоленск без опечатки', edited: true, deleted: false },
      { text: 'Смоленск ошибка', edited: false, deleted: true },
    ]);
    expect(changes.toSorted()).to.deep.equal(['deleted', 'edited']);
  });

  it('stops at once while it waits', async () => {
    const slow = { ...world.vk, pollEveryMs: 3_600_000 };
    const one = start('one', { networks: [slow], changesEveryMs: 3_600_000 });
    await until(async () => (await cursors()).length === 3);
    await halt(one);
  });
});
