import { expect } from 'chai';
import { testDatabase, type TestDatabase } from '../../test/postgres.ts';

/** What its page and its history ask for. */
const OF_A_MESSAGE = [
  'answer',
  'assignment',
  'attachment',
  'audit',
  'deadline',
  'publication',
  'review_decision',
  'shortcoming',
  'urgent_report',
];
const OF_AN_ASSIGNMENT = ['deadline', 'draft', 'return_request'];

describe('What belongs to one message', () => {
  let database: TestDatabase;
  before(async () => {
    database = await testDatabase();
  });
  after(() => database.close());

  const withIndex = async (column: string) =>
    (
      await database.db.query<{ name: string }[]>(
        `select distinct indrelid::regclass::text as name from pg_index
         join pg_attribute a on a.attrelid = indrelid and a.attnum = indkey[0]
         where a.attname = $1 and indpred is null`,
        [column],
      )
    ).map(({ name }) => name);

  it('is found by an index, whatever its state', async () => {
    expect(await withIndex('message_id')).to.include.members(OF_A_MESSAGE);
    expect(await withIndex('assignment_id')).to.include.members(OF_AN_ASSIGNMENT);
  });
});
