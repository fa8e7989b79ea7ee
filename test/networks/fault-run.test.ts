import { expect } from 'chai';
import type { FaultKind } from '../../sandbox/faults.ts';
import { PublicationEntity, type Publication } from '../../src/db/entities/publication.ts';
import { log } from '../../src/log.ts';
import { messageId } from '../../src/monitor/message-id.ts';
import { runMonitor } from '../../src/monitor/monitor.ts';
import type { Network } from '../../src/networks/port.ts';
import { dice } from '../crashes/dice.ts';
import { testDatabase, type TestDatabase } from '../postgres.ts';
import { until } from '../until.ts';
import { answerAnew, Died, eachOf, publishAll, textOf, type Asked } from './publish-all.ts';
import type { World } from './world.ts';
import { worlds } from './worlds.ts';

const SEED = Number(process.env['OTKLIK_SEED'] ?? 519);
const POSTS = 2_000;
/** Instagram lets our account answer elsewhere only where it is named. */
const MENTION = '@sandbox_smolgov';

/** What may happen to one try to publish, by how often it does. */
const PUBLISHING: Record<FaultKind | 'nothing' | 'deleted' | 'died', number> = {
  nothing: 700,
  latency: 50,
  down: 50,
  'cut-before': 50,
  'cut-after': 60,
  error: 30,
  refused: 15,
  captcha: 15,
  permission: 8,
  // Everything on this network waits then.
  rate: 3,
  credentials: 2,
  deleted: 15,
  died: 20,
};

/** What reading meets on its way. */
const READING = ['latency', 'down', 'cut-before', 'cut-after', 'error'] as const;

describe('2,000 posts in five networks that fail in every way', () => {
  let database: TestDatabase;
  const city = new Map<string, World>();
  const { level } = log;

  before(async () => {
    log.level = 'silent';
    database = await testDatabase();
    for (const [code, open] of Object.entries(worlds)) city.set(code, await open());
  });
  after(async () => {
    log.level = level;
    await Promise.all([...city.values()].map((world) => world.close()));
    await database.close();
  });

  const worldOf = (code: string): World => city.get(code) ?? expect.fail(code);
  const codes = Object.keys(worlds);

  it('are each taken in once, and answered once or handed to a person (clauses 2, 8, 10)', async function () {
    this.timeout(240_000);
    const luck = dice(SEED, 'faults');
    const asked: Asked[] = [];

    // A citizen writes a post; under every other publication of ours where the network has only those.
    const write = (from: number, to: number) => {
      for (let n = from; n < to; n += 1) {
        const network = codes[n % codes.length]!;
        const world = worldOf(network);
        const text = `Смоленск, сообщение ${n} ${MENTION}`;
        const place = world.thread;
        const externalId =
          place === null || n % 25 === 4 ? world.post(text) : world.comment(place, text);
        const id = messageId(network, externalId);
        asked.push({
          network,
          externalId,
          messageId: id,
          version: 0,
          answerId: '',
          tries: 0,
          end: null,
        });
      }
    };

    write(0, POSTS / 2);
    await takeIn(POSTS / 2);
    write(POSTS / 2, POSTS);
    await takeIn(POSTS);
    const stored = await database.db.query<{ id: string }[]>('select id from message');
    expect(new Set(stored.map(({ id }) => id))).to.deep.equal(
      new Set(asked.map((each) => each.messageId)),
    );

    await eachOf(asked, (each) => answerAnew(database.db, each));
    let dying = new Set<string>();
    const { rounds } = await publishAll({
      db: database.db,
      all: asked,
      restart() {
        dying = new Set();
        return [...city.values()].map((world) => mortal(world.restarted(), dying));
      },
      before({ network, externalId }) {
        const what = luck.weighted(PUBLISHING);
        if (what === 'nothing') return;
        if (what === 'died') dying.add(externalId);
        else if (what === 'deleted') remove(worldOf(network), externalId);
        else worldOf(network).spoil(what, luck.chance(0.8) ? 'publishing' : 'anything');
      },
    });

    const publications = await database.db.getRepository(PublicationEntity).find();
    const ends = new Map<string, number>();
    for (const each of asked) {
      const kept = publications.filter(({ messageId: of }) => of === each.messageId);
      check(each, kept);
      const key = `${each.network} ${each.end}`;
      ends.set(key, (ends.get(key) ?? 0) + 1);
    }
    // The faults did what they were made for, in every network.
    for (const code of codes) {
      expect(ends.get(`${code} published`), code).to.be.above(300);
      expect(ends.get(`${code} needs-person`), code).to.be.above(2);
    }
    expect(asked.filter(({ tries }) => tries > 1).length).to.be.above(200);
    expect(rounds).to.be.above(2);
  });

  /** Reads all networks until so many messages are stored, while they fail, by two processes in turn. */
  async function takeIn(expected: number): Promise<void> {
    const luck = dice(SEED, 'reading', expected);
    for (const world of city.values()) {
      world.spoil(luck.pick(READING), 'anything', luck.int(1, 2));
    }
    const stop = new AbortController();
    const networks = [...city.values()].map((world) => often(world.restarted()));
    const running = ['one', 'two'].map((owner) =>
      runMonitor({
        db: database.db,
        networks,
        words: ['Смоленск'],
        owner,
        onChange: () => undefined,
        signal: stop.signal,
      }),
    );
    await until(async () => {
      const [row] = await database.db.query<{ n: number }[]>(
        'select count(*)::int as n from message',
      );
      return (row?.n ?? 0) >= expected;
    });
    stop.abort();
    await Promise.all(running);
  }

  /** What the database says of a message against what stands in the network. */
  function check(asked: Asked, publications: Publication[]): void {
    const shown = worldOf(asked.network).answers(asked.externalId);
    const ours = shown.filter((text) => text.startsWith(stem(asked)));
    const where = `${asked.network} ${asked.externalId}, seed ${SEED}`;
    const published = publications.filter(({ status }) => status === 'published');
    if (asked.end === 'published') {
      expect(ours, where).to.deep.equal([textOf(asked)]);
      expect(published, where).to.have.length(1);
      expect(published[0], where).to.include({ answerId: asked.answerId, manual: false });
      expect(published[0]?.permalink, where).to.be.a('string');
      return;
    }
    // The person is told that it may stand there already; it never stands there twice.
    expect(ours.length, where).to.be.at.most(1);
    expect(published, where).to.have.length(0);
    const last = publications.find(({ answerId }) => answerId === asked.answerId);
    const state = asked.end === 'original-gone' ? 'gone' : 'needs-person';
    expect(last, where).to.include({ status: state });
    if (ours.length > 0 && state === 'needs-person') {
      expect(last?.reason, where).to.match(/возможно|не удалось/);
    }
  }
});

/** The beginning of every version of an answer. */
const stem = (asked: Asked): string => textOf({ ...asked, version: 0 }).replace(/0\.$/, '');

const often = (network: Network): Network => ({ ...network, pollEveryMs: 200 });

/** The network as a process sees it that dies, for the objects in `dying`, once the answer is sent. */
function mortal(network: Network, dying: Set<string>): Network {
  return {
    ...network,
    async reply(externalId, answer, signal) {
      const outcome = await network.reply(externalId, answer, signal);
      if (dying.delete(externalId)) throw new Died('the process died');
      return outcome;
    },
  };
}

function remove(world: World, externalId: string): void {
  try {
    world.remove(externalId);
  } catch {
    // Its author deleted it before.
  }
}
