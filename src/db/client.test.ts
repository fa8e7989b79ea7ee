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
