import { expect } from 'chai';
import type pg from 'pg';
import { testDatabase, type TestDatabase } from '../../test/postgres.ts';
import { Client, plannedOnce } from './client.ts';
import { AgencyEntity } from './entities/agency.ts';

describe('A connection of the pool', () => {
  let database: TestDatabase;
  before(async () => {
    database = await testDatabase();
  });
  after(() => database.close());

  it('has planned once what finds rows by their keys or says so, and nothing else', async () => {
    const said = plannedOnce('select name from agency where code = $1');
    await database.db.transaction(async (tx) => {
      for (const code of ['a', 'b', 'c']) {
        await tx.findBy(AgencyEntity, { code });
        await tx.query('select code from agency where name = $1', [code]);
        await tx.query(said, [code]);
      }
      const kept = await tx.query<{ statement: string; n: string }[]>(
        `select statement, generic_plans + custom_plans as n from pg_prepared_statements
         where statement <> 'START TRANSACTION'
         order by statement like 'select%'`,
      );
      expect(kept).to.have.length(2);
      expect(kept[0]?.statement).to.match(/FROM "agency"/);
      expect(kept[1]?.statement).to.equal(said);
      expect(kept.map(({ n }) => Number(n))).to.eql([3, 3]);
    });
  });

  it('gives each of several statements asked at once its own answer', async () => {
    const answers = await database.db.transaction((tx) =>
      Promise.all([1, 2, 3].map((n) => tx.query<{ n: number }[]>('select $1::int as n', [n]))),
    );
    expect(answers).to.eql([[{ n: 1 }], [{ n: 2 }], [{ n: 3 }]]);
  });

  it('undoes all of them when one fails, and works on', async () => {
    const { db } = database;
    const failed = db.transaction((tx) =>
      Promise.all([
        tx.query(`insert into poll_cursor (network, source) values ('vk', 'one')`),
        tx.query('select 1 / 0'),
        tx.query(`insert into poll_cursor (network, source) values ('vk', 'two')`),
      ]),
    );
    expect(await failed.then(String, String)).to.match(/division by zero/);
    expect(await db.query('select source from poll_cursor')).to.eql([]);
  });

  describe('of its own', () => {
    let client: pg.Client;
    beforeEach(async () => {
      client = new Client({ connectionString: database.url });
      await client.connect();
    });
    afterEach(() => client.end());

    const ask = (text: string, ...values: unknown[]) =>
      client.query<{ n: number }>(text, values).then(
        ({ rows }) => rows[0]?.n,
        (error: Error) => error.message,
      );

    it('is answered in one packet what was asked at once', async () => {
      const named = plannedOnce('select $1::int + 1 as n');
      await ask(named, 1);
      let packets = 0;
      const { connection } = client as pg.Client & { connection: pg.Connection };
      connection.stream.on('data', () => (packets += 1));
      const answers = await Promise.all([
        client.query('START TRANSACTION').then(() => 'begun'),
        ask(named, 1),
        ask('select $1::int as n', 3),
        ask(named, 3),
        client.query('COMMIT').then(({ command }) => command),
      ]);
      expect(answers).to.eql(['begun', 2, 3, 4, 'COMMIT']);
      expect(packets).to.equal(1);
    });

    it('skips what follows a statement that failed, and carries it out when asked again', async () => {
      const named = plannedOnce('select $1::int + 2 as n');
      const answers = await Promise.all([
        client.query('START TRANSACTION').then(() => 'begun'),
        ask('select $1::int as n', 1),
        ask('select 1 / $1::int as n', 0),
        ask(named, 1),
        ask('select $1::int as n', 4),
      ]);
      expect(answers).to.eql([
        'begun',
        1,
        'division by zero',
        'a statement before it failed',
        'a statement before it failed',
      ]);
      await client.query('ROLLBACK');
      expect(await Promise.all([ask(named, 1), ask(named, 2)])).to.eql([3, 4]);
    });

    it('fails alone when its values cannot be written', async () => {
      const refusing = {
        toPostgres: () => {
          throw new Error('not to be written');
        },
      };
      const answers = await Promise.all([
        ask('select $1::int as n', 1),
        ask('select $1::int as n', refusing),
        ask('select $1::int as n', 3),
      ]);
      expect(answers).to.eql([1, 'not to be written', 3]);
    });

    it('may be asked with and without values, one statement or several', async () => {
      const answers = await Promise.all([
        ask('select $1::int as n', 1),
        client.query<{ n: number }>('select 2 as n').then(({ rows }) => rows[0]?.n),
        client.query('select 1 as a; select 2 as b').then((both) => [both].flat().length),
        client.query('').then(({ rows }) => rows.length),
        ask('select $1::int as n', 5),
        ask('', 6),
        ask('select $1::int as n', 7),
      ]);
      expect(answers.slice(0, 5)).to.eql([1, 2, 2, 0, 5]);
      expect(answers.at(-1)).to.equal(7);
    });

    it('tells a COMMIT that undid everything from one that kept it', async () => {
      await client.query('START TRANSACTION');
      await ask('select 1 / $1::int as n', 0);
      expect(await client.query('COMMIT').then(String, String)).to.match(/rolled back/);
      expect(await ask('select $1::int as n', 1)).to.equal(1);
    });
  });

  it('ends when a transaction could not begin, so that nothing is done outside of one', async () => {
    const client: pg.Client = new Client({ connectionString: database.url });
    await client.connect();
    const ended = new Promise((resolve) => client.once('end', () => resolve(null)));
    await client.query('START TRANSACTION');
    await client.query('select 1 / 0').catch(() => undefined);
    // The server begins none inside of one that has failed.
    await client.query('START TRANSACTION');
    const said = await client.query('select 1').then(String, String);
    expect(said).to.match(/aborted|terminated/);
    await ended;
    expect(await client.query('select 1').then(String, String)).to.match(/not queryable|closed/);
  });
});
