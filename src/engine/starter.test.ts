import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { testDatabase, type TestDatabase } from '../../test/postgres.ts';
import { ProcessStartEntity } from '../db/entities/process-start.ts';
import { confirmStart, queueStart } from '../db/starts.ts';
import type { Engine } from './client.ts';
import { publishStarts } from './starter.ts';

interface Published {
  name: string;
  correlationKey: string;
  messageId: string;
  timeToLive: number;
  variables: unknown;
}

describe('Starts of processes (clause 2)', () => {
  let database: TestDatabase;
  let published: Published[];
  let away: boolean;
  /** How many are taken before the engine has its hands full. */
  let room: number;
  const engine = {
    publishMessage: (message: Published) => {
      if (away) return Promise.reject(new Error('14 UNAVAILABLE'));
      if (published.length >= room) {
        return Promise.reject(Object.assign(new Error('8 RESOURCE_EXHAUSTED'), { code: 8 }));
      }
      published.push(message);
      return Promise.resolve({});
    },
  } as unknown as Engine;

  before(async () => {
    database = await testDatabase();
  });
  after(() => database.close());
  beforeEach(async () => {
    published = [];
    away = false;
    room = Infinity;
    await database.db.query('delete from process_start');
  });

  const queue = (key: string) =>
    queueStart(database.db.manager, 'message-detected', key, { messageId: key });
  const publish = () => publishStarts(database.db, engine);
  const halfAMinutePasses = () =>
    database.db.query(`update process_start set published_at = now() - interval '31 s'`);
  const start = (correlationKey: string) =>
    database.db.getRepository(ProcessStartEntity).findOneByOrFail({ correlationKey });

  it('are published with their key as id, unbuffered, once', async () => {
    const key = randomUUID();
    await queue(key);
    await queue(key);
    expect(await publish()).to.equal(1);
    expect(await publish()).to.equal(0);
    expect(published).to.deep.equal([
      {
        name: 'message-detected',
        correlationKey: key,
        messageId: `message-detected:${key}`,
        timeToLive: 0,
        variables: { messageId: key },
      },
    ]);
  });

  it('that a busy engine turned down are published as soon as it has room', async () => {
    for (let count = 0; count < 3; count++) await queue(randomUUID());
    room = 1;
    expect(await publish()).to.equal(1);
    room = Infinity;
    expect(await publish()).to.equal(2);
    expect(await publish()).to.equal(0);
    expect(new Set(published.map(({ messageId }) => messageId))).to.have.property('size', 3);
  });

  it('are published again until the process confirms, under the same id', async () => {
    const key = randomUUID();
    await queue(key);
    await publish();
    await halfAMinutePasses();
    expect(await publish()).to.equal(1);
    expect(published[1]).to.deep.equal(published[0]);
    expect((await start(key)).attempts).to.equal(2);

    await confirmStart(database.db.manager, 'message-detected', key);
    const { confirmedAt } = await start(key);
    await halfAMinutePasses();
    expect(await publish()).to.equal(0);
    await confirmStart(database.db.manager, 'message-detected', key);
    expect((await start(key)).confirmedAt).to.deep.equal(confirmedAt);
    await queue(key);
    expect(await publish(), 'queued once more').to.equal(0);
  });

  it('wait while the engine is away', async () => {
    const key = randomUUID();
    await queue(key);
    away = true;
    const error: unknown = await publish().catch((it: unknown) => it);
    expect((error as Error).message).to.contain('UNAVAILABLE');
    away = false;
    await halfAMinutePasses();
    expect(await publish()).to.equal(1);
  });

  it('do not leave without their transaction', async () => {
    const failed = database.db.transaction(async (tx) => {
      await queueStart(tx, 'urgent-found', 'x', {});
      throw new Error('killed');
    });
    await failed.catch(() => undefined);
    expect(await publish()).to.equal(0);
  });

  it('are each claimed by one of two processes', async () => {
    const keys = Array.from({ length: 30 }, () => randomUUID());
    for (const key of keys) await queue(key);
    await Promise.all([publish(), publish()]);
    await publish();
    expect(published.map(({ correlationKey }) => correlationKey)).to.have.members(keys);
    expect(published).to.have.length(keys.length);
  });
});
