import { expect } from 'chai';
import { testDatabase, type TestDatabase } from '../../test/postgres.ts';
import { until } from '../../test/until.ts';
import { anAnswer } from '../../test/vk.ts';
import { openX, xAt, type XSandbox } from '../../test/x.ts';
import { runMonitor } from './monitor.ts';

describe('monitor of X', () => {
  let test: TestDatabase;
  let world: XSandbox;
  let changes: string[];
  let running: { stop: AbortController; ended: Promise<void> }[] = [];

  before(async () => {
    test = await testDatabase();
    world = await openX();
  });
  after(async () => {
    await test.close();
    await world.close();
  });
  beforeEach(async () => {
    await test.db.query('truncate message, process_start, poll_cursor cascade');
    world.sandbox.x.reset();
    changes = [];
  });
  afterEach(halt);

  /** A process of its own: it knows what the database knows. */
  function start(owner: string): void {
    const { url, options } = world.sandbox.x;
    const stop = new AbortController();
    const ended = runMonitor({
      db: test.db,
      networks: [xAt(url, options.keys, { pollEvery: 'PT0.02S' })],
      words: ['Смоленск'],
      owner,
      onChange: (_id, change) => void changes.push(change),
      signal: stop.signal,
      changesEveryMs: 20,
    });
    running.push({ stop, ended });
  }
  async function halt(): Promise<void> {
    for (const { stop } of running) stop.abort();
    await Promise.all(running.map(({ ended }) => ended));
    running = [];
  }
  const storedAre = (texts: string[]) =>
    until(async () => {
      const rows = await test.db.query<{ text: string }[]>(
        'select text from message order by text',
      );
      return JSON.stringify(rows.map(({ text }) => text)) === JSON.stringify(texts.toSorted());
    });
  const post = (text: string) => world.sandbox.x.post({ text }).conversation;

  it('goes on after a stop without gap or double, and takes none of our own', async () => {
    const asked = post(`${world.account} Смоленск: и слово, и имя`);
    start('one');
    await storedAre([`${world.account} Смоленск: и слово, и имя`]);
    await halt();
    const { url, options } = world.sandbox.x;
    await xAt(url, options.keys).reply(asked, anAnswer({ text: 'Смоленск отвечает' }));
    post('Смоленск, пока стояли');
    start('two');
    await storedAre([`${world.account} Смоленск: и слово, и имя`, 'Смоленск, пока стояли']);
    const [starts] = await test.db.query<{ n: number }[]>(
      'select count(*)::int n from process_start',
    );
    expect(starts?.n).to.equal(2);
  });

  it('notices edits and deletions, once each', async () => {
    const edited = post('Смоленск, было');
    const deleted = post('Смоленск, исчезнет');
    start('one');
    await storedAre(['Смоленск, было', 'Смоленск, исчезнет']);
    await test.db.query(`update message set process_instance_key = '1'`);
    world.sandbox.x.edit(edited, 'Смоленск, стало');
    await storedAre(['Смоленск, стало', 'Смоленск, исчезнет']);
    world.sandbox.x.delete(deleted);
    await until(() => changes.length >= 2);
    post('Смоленск, ещё');
    await storedAre(['Смоленск, ещё', 'Смоленск, исчезнет', 'Смоленск, стало']);
    expect(changes).to.deep.equal(['edited', 'deleted']);
  });
});
