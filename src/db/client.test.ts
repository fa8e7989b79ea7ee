import { expect } from 'chai';
import { testDatabase, type TestDatabase } from '../../test/postgres.ts';
import { AgencyEntity } from './entities/agency.ts';

describe('A connection of the pool', () => {
  let database: TestDatabase;
  before(async () => {
    database = await testDatabase();
  });
  after(() => database.close());

  it('has what finds rows by their keys planned once, and nothing else', async () => {
    await database.db.transaction(async (tx) => {
      for (const code of ['a', 'b', 'c']) {
        await tx.findBy(AgencyEntity, { code });
        await tx.query('select name from agency where code = $1', [code]);
      }
      const kept = await tx.query<{ statement: string; n: string }[]>(
        'select statement, generic_plans + custom_plans as n from pg_prepared_statements',
      );
      expect(kept.map(({ statement, n }) => [/FROM "agency"/.test(statement), Number(n)])).to.eql([
        [true, 3],
      ]);
    });
  });
});
