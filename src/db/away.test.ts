import { expect } from 'chai';
import pg from 'pg';
import { deadUrl } from '../../test/vk.ts';
import { testDatabase, type TestDatabase } from '../../test/postgres.ts';
import { until } from '../../test/until.ts';
import { isDatabaseAway } from './away.ts';
import { openDatabase, type Tx } from './data-source.ts';
import { patience, sessionSettings } from './session.ts';
import { RegionEntity } from './entities/region.ts';

describe('The database is away', () => {
  let database: TestDatabase;
  before(async () => {
    database = await testDatabase();
  });
  after(() => database.close());

  const thrown = (promise: Promise<unknown>) =>
    promise.then(
      () => expect.fail('nothing was thrown'),
      (error: unknown) => error,
    );

  it('when nobody listens', async () => {
    const { host } = new URL(await deadUrl());
    const error = await thrown(openDatabase(`postgresql://otklik:otklik@${host}/otklik`));
    expect(isDatabaseAway(error)).to.be.true;
  });

  it('when its name cannot be resolved', async () => {
    const error = await thrown(openDatabase('postgresql://otklik@database.invalid/otklik'));
    expect(isDatabaseAway(error)).to.be.true;
  });

  it('when it ends a session in the middle of a transaction', async () => {
    const error = await thrown(
      database.db.transaction(async (tx) => {
        const [{ pid }] = await tx.query<[{ pid: number }]>('select pg_backend_pid() as pid');
        const other = new pg.Client({ connectionString: database.url });
        await other.connect();
        await other.query('select pg_terminate_backend($1)', [pid]);
        await other.end();
        await tx.query('select 1');
      }),
    );
    expect(isDatabaseAway(error)).to.be.true;
    expect(await database.db.query('select 1 as one'), 'the next one').to.deep.equal([{ one: 1 }]);
  });

  const next: Record<string, (tx: Tx) => Promise<unknown>> = {
    query: (tx) => tx.query('select 1'),
    find: (tx) => tx.find(RegionEntity),
  };
  for (const [how, ask] of Object.entries(next)) {
    it(`when it ended a session before the next ${how} of its transaction`, async () => {
      const error = await thrown(
        database.db.transaction(async (tx) => {
          const [{ pid }] = await tx.query<[{ pid: number }]>('select pg_backend_pid() as pid');
          await database.db.query('select pg_terminate_backend($1)', [pid]);
          await until(() => tx.queryRunner?.isReleased);
          await ask(tx);
        }),
      );
      expect(isDatabaseAway(error)).to.be.true;
    });
  }

  it('when it ends a session to which nobody listens yet', async () => {
    const pool = new pg.Pool({ connectionString: database.url, ...sessionSettings(patience) });
    const client = await pool.connect();
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    const ended = new Promise((done) => client.once('end', done));
    await database.db.query('select pg_terminate_backend($1)', [rows[0]!.pid]);
    await ended;
    expect(isDatabaseAway(await thrown(client.query('select 1')))).to.be.true;
    client.release(true);
    await pool.end();
  });

  it('when two transactions stand in each other’s way', async () => {
    await database.db.query('create table pair (id int primary key, n int)');
    await database.db.query('insert into pair values (1, 0), (2, 0)');
    let locked = 0;
    const lock = (first: number, second: number) =>
      database.db.transaction(async (tx) => {
        await tx.query('update pair set n = n + 1 where id = $1', [first]);
        locked += 1;
        await until(() => locked === 2);
        await tx.query('update pair set n = n + 1 where id = $1', [second]);
      });
    const outcomes = await Promise.allSettled([lock(1, 2), lock(2, 1)]);
    const [lost] = outcomes.filter(({ status }) => status === 'rejected');
    expect(lost).to.have.property('status', 'rejected');
    expect(isDatabaseAway((lost as PromiseRejectedResult).reason)).to.be.true;
  });

  it('when the application closes while a job still runs', async () => {
    const alone = await testDatabase();
    await alone.db.destroy();
    expect(isDatabaseAway(await thrown(alone.db.query('select 1')))).to.be.true;
    await alone.close();
  });

  it('not when the statement is wrong', async () => {
    for (const statement of ['selec', 'select 1/0', 'select * from nowhere', `select '\\0'::int`]) {
      expect(isDatabaseAway(await thrown(database.db.query(statement))), statement).to.be.false;
    }
    for (const odd of [null, 'ECONNREFUSED', new Error('x')])
      expect(isDatabaseAway(odd)).to.be.false;
  });
});
