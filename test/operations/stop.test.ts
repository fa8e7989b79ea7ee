import { expect } from 'chai';
import pg from 'pg';
import { DraftEntity } from '../../src/db/entities/draft.ts';
import { createPageLinks } from '../../src/http/page-link.ts';
import { freePorts } from '../../stack/ports.ts';
import { act } from '../system/act.ts';
import { atReview, inWork } from '../system/stages.ts';
import { eventually } from '../system/wait.ts';
import { until } from '../until.ts';
import { startMain, type MainProcess } from './main-process.ts';

const REPLY = 'wall.createComment';
const LONGEST_MS = 10_000;

describe('A stop in the middle of work', () => {
  const given = act();
  const running: MainProcess[] = [];

  beforeEach('only processes of their own', () => given.system.stopApplication());
  afterEach(async function () {
    this.timeout(60_000);
    given.system.sandbox.vk.calm();
    for (const main of running.splice(0)) {
      main.tell('SIGTERM');
      await main.ended;
    }
    await given.system.startApplication();
  });

  async function start(over: Record<string, string> = {}): Promise<MainProcess> {
    const port = String((await freePorts()).tasklist);
    const main = startMain({ ...given.system.environment, OTKLIK_PORT: port, ...over });
    running.push(main);
    await main.isReady();
    return main;
  }

  /** Keeps whoever writes to the table waiting until `release`. */
  async function hold(table: string, mode: string): Promise<{ release: () => Promise<void> }> {
    const client = new pg.Client({ connectionString: given.system.stack.urls.databaseUrl });
    await client.connect();
    await client.query('begin');
    await client.query(`lock table ${table} in ${mode} mode`);
    return { release: () => client.end() };
  }

  const waitingFor = (table: string): Promise<boolean> =>
    given.system.db
      .query<{ n: number }[]>(
        `select count(*)::int as n from pg_locks
         where not granted and relation = $1::regclass`,
        [table],
      )
      .then(([row]) => (row?.n ?? 0) > 0);

  const unsent = async (): Promise<number> =>
    (
      await given.system.db.query<{ n: number }[]>(
        'select count(*)::int as n from outbox where sent_at is null',
      )
    )[0]?.n ?? 0;

  /**
   * What the engine handed to a process too late is given out again after a minute, by the engine's
   * clock, which stands still.
   */
  const handedOutAgain = () => given.clock.nudge(61_000);

  function pageKey(messageId: string): string {
    const { OTKLIK_LINK_SECRET: secret = '' } = given.system.environment;
    return createPageLinks('', secret).link(messageId).split('key=')[1] ?? '';
  }

  it('finishes the job in hand and takes no other', async () => {
    const { executor, system } = given;
    const old = await start();
    const [one, other] = [await inWork(given), await inWork(given)];
    const lock = await hold('draft', 'share');
    await executor('minzhkh').drafts(one.message, 'Первый.');
    await until(() => waitingFor('draft'));
    old.tell('SIGTERM');
    await until(() => old.lines('stopping').length > 0);
    await executor('minzhkh').drafts(other.message, 'Второй.');
    await lock.release();
    const { code, ms } = await old.ended;
    expect(code).to.equal(0);
    expect(ms).to.be.below(LONGEST_MS);
    expect(old.lines('given up')).to.deep.equal([]);
    expect(await one.message.drafts('minzhkh')).to.have.length(1);
    expect(await other.message.drafts('minzhkh')).to.have.length(0);
    await eventually('the engine to know of it', async () => {
      await system.view.look();
      return one.message.passed().includes('record-draft');
    });

    await start();
    await handedOutAgain();
    for (const { message } of [one, other]) {
      await given.curator.publishes(message);
      await given.otklik.ended(message);
      expect(await message.drafts('minzhkh')).to.have.length(1);
    }
    expect([one, other].map(({ post }) => post.replies().length)).to.deep.equal([1, 1]);
    expect(await system.db.getRepository(DraftEntity).countBy({ text: 'Второй.' })).to.equal(1);
  });

  it('finishes the request in hand and takes no other', async () => {
    const old = await start();
    const { message } = await inWork(given);
    const lock = await hold('message', 'access exclusive');
    const key = pageKey(message.id);
    const page = fetch(`${old.url}/messages/${message.id}?key=${key}`);
    await until(() => waitingFor('message'));
    old.tell('SIGTERM');
    await until(() =>
      fetch(`${old.url}/health/live`).then(
        () => false,
        () => true,
      ),
    );
    await lock.release();
    expect((await page).status).to.equal(200);
    expect(await (await page).text()).to.contain('Нет отопления.');
    const { code, ms } = await old.ended;
    expect(code).to.equal(0);
    expect(ms).to.be.below(LONGEST_MS);
    await start();
    await given.curator.sees(message, 'prepare-draft');
  });

  it('gives up what hangs, in time; it is done once all the same (clause 8)', async () => {
    const { otklik, curator, system } = given;
    const old = await start();
    const { message, post } = await atReview(given);
    system.sandbox.vk.behaviour({ kind: 'latency', method: REPLY, ms: 14_000, times: 1 });
    await curator.publishes(message);
    await until(async () => (await message.publications()).length > 0);
    old.tell('SIGTERM');
    const { code, ms } = await old.ended;
    expect(code).to.equal(0);
    expect(ms).to.be.below(LONGEST_MS);
    expect(old.lines('given up').map(({ part }) => part)).to.deep.equal(['jobs']);

    await start();
    await handedOutAgain();
    await otklik.ended(message, { nudging: true });
    await until(() => post.replies().length > 0);
    expect(post.replies()).to.have.length(1);
    expect(await message.publications()).to.have.length(1);
  });

  it('is no gap: a new version beside the old one, and nothing happens twice (clauses 2, 7, 8)', async function () {
    this.timeout(180_000);
    const { city, otklik, curator, executor, system } = given;
    // A mail whose record the old version did not finish comes again under its Message-ID.
    const mails = () =>
      new Set(system.sandbox.mail.messages().map(({ messageId }) => messageId)).size;
    const [old] = await Promise.all([start(), start({ OTKLIK_ROLES: 'http' })]);
    const before = mails();
    const posts = Array.from({ length: 4 }, (_, n) => city.writes(`Нет воды ${n}.`));
    const messages = await Promise.all(posts.map((post) => otklik.detected(post)));
    const young = await start();
    const ended = old.ended.then(async (how) => {
      await handedOutAgain();
      return how;
    });
    await Promise.all(messages.map((message) => curator.triages(message)));
    await Promise.all(
      messages.map(async (message, n) => {
        await executor('minzhkh').drafts(message, 'Вода есть.');
        if (n === 1) old.tell('SIGTERM');
        await curator.publishes(message);
      }),
    );
    const late = city.writes('Пока одна версия сменяла другую, отключили свет.');
    await Promise.all(messages.map((message) => otklik.ended(message)));
    const last = await otklik.detected(late);
    await curator.triages(last, {
      decision: 'not-relevant',
      reason: 'Проверка.',
      agencies: null,
    });

    const { code, ms } = await ended;
    expect(code).to.equal(0);
    expect(ms).to.be.below(LONGEST_MS);
    await otklik.ended(last);
    expect(posts.map((post) => post.replies().length)).to.deep.equal(posts.map(() => 1));
    for (const message of messages) {
      expect(await message.drafts('minzhkh')).to.have.length(1);
      expect(await message.publications()).to.have.length(1);
      expect(system.view.instancesWith('messageId', message.id)).to.deep.equal([message.instance]);
    }
    // What could not be sent in an earlier test is due now.
    await system.db.query('update outbox set next_attempt_at = now() where sent_at is null');
    await until(async () => (await unsent()) === 0);
    const [row] = await system.db.query<{ n: number }[]>(
      `select count(*)::int as n from outbox where channel = 'email'`,
    );
    expect(mails(), 'each notice arrived once').to.equal(row?.n);
    expect(mails()).to.be.above(before);
    expect(young.lines('job failed')).to.deep.equal([]);
  });
});
